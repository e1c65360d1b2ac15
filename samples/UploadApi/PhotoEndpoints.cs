namespace UploadApi;

/// <summary>Photos: uploaded through the scan, then kept and shown.</summary>
internal static class PhotoEndpoints
{
    public static void MapPhotos(this WebApplication app)
    {
        app.MapPost("/photos", async (IFormFile photo, PhotoStore photos, CancellationToken cancelled) =>
            {
                var id = await photos.KeepAsync(photo, cancelled);
                return Results.Created($"/photos/{id}", new { id });
            })
            .ScanUploads(UploadPolicy.Decide)
            // A JSON API without cookies has no session to forge.
            .DisableAntiforgery();

        app.MapGet("/photos/{id:guid}", (Guid id, PhotoStore photos) =>
            photos.Find(id) is { } path ? Results.File(path, "application/octet-stream") : Results.NotFound());
    }
}
