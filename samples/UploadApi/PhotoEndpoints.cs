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
            .ScanUploads<UploadPolicy>()
            // Anybody may upload, and nobody is signed in for it: there is no session to forge.
            .DisableAntiforgery();

        app.MapGet("/photos/{id:guid}", async (Guid id, PhotoStore photos, HttpContext context) =>
        {
            if (photos.Find(id) is not { } photo) return Results.NotFound();
            var head = new byte[PictureType.HeadLength];
            var type = PictureType.Of(head.AsSpan(0, await photo.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false)));
            photo.Position = 0;
            // A file may be two things at once. As a picture it is shown; as a page or a script it does nothing.
            context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
            return Results.File(photo, type ?? "application/octet-stream", fileDownloadName: type is null ? $"{id:N}" : null);
        });
    }
}
