using UploadApi;

await UploadApp.Create(args).RunAsync();
