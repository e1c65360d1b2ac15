namespace UploadApi;

/// <summary>A form to try the platform with by hand.</summary>
internal static class UploadPage
{
    public const string Html = """
        <!doctype html>
        <html lang="en">
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>A photo platform</title>
        <h1>A photo platform</h1>
        <form action="/photos" method="post" enctype="multipart/form-data">
          <label>A photo to share <input type="file" name="photo" required></label>
          <button>Upload</button>
        </form>
        </html>
        """;
}
