namespace UploadApi;

/// <summary>Keeps photos under random names in one folder, readable by this process's user only.</summary>
public sealed class PhotoStore
{
    private readonly string _folder;

    /// <summary>Opens the folder that the setting <c>Photos</c> names.</summary>
    public PhotoStore(IConfiguration configuration)
    {
        _folder = Path.GetFullPath(configuration["Photos"] ?? "photos");
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(_folder);
        else Directory.CreateDirectory(_folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>Keeps a photo, whole or not at all.</summary>
    public async Task<Guid> KeepAsync(IFormFile photo, CancellationToken cancellationToken)
    {
        var id = Guid.NewGuid();
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            await using var file = new FileStream(PathOf(id), options);
            await photo.CopyToAsync(file, cancellationToken);
        }
        catch
        {
            File.Delete(PathOf(id));
            throw;
        }
        return id;
    }

    /// <summary>Opens a photo; null if there is none of that id.</summary>
    public FileStream? Find(Guid id) => File.Exists(PathOf(id)) ? File.OpenRead(PathOf(id)) : null;

    private string PathOf(Guid id) => Path.Combine(_folder, id.ToString("N"));
}
