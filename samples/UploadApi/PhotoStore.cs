namespace UploadApi;

/// <summary>Keeps photos under random names in one folder.</summary>
public sealed class PhotoStore
{
    private readonly string _folder;

    /// <summary>Opens the folder that the setting <c>Photos</c> names.</summary>
    public PhotoStore(IConfiguration configuration)
    {
        _folder = Path.GetFullPath(configuration["Photos"] ?? "photos");
        Directory.CreateDirectory(_folder);
    }

    /// <summary>How many photos there are.</summary>
    public int Count => Directory.GetFiles(_folder).Length;

    /// <summary>Keeps a photo.</summary>
    public async Task<Guid> KeepAsync(IFormFile photo, CancellationToken cancellationToken)
    {
        var id = Guid.NewGuid();
        await using var file = File.Create(PathOf(id));
        await photo.CopyToAsync(file, cancellationToken);
        return id;
    }

    /// <summary>Where a photo is; null if there is none of that id.</summary>
    public string? Find(Guid id) => File.Exists(PathOf(id)) ? PathOf(id) : null;

    private string PathOf(Guid id) => Path.Combine(_folder, id.ToString("N"));
}
