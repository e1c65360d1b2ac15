using UploadApi;
using UploadApi.Staff;

if (!StaffPasswords.Answers(args)) await UploadApp.Create(args).RunAsync();
