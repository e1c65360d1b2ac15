using System.Text.Encodings.Web;

namespace UploadApi;

/// <summary>The frame of every page, and what keeps a page from doing more than it should.</summary>
internal static class Pages
{
    private const string Style = """
        body { font: 1rem/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; color: #1b1b1f; background: #fff; }
        table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: .4rem .6rem; border-bottom: 1px solid #ccc; }
        form { margin: .6rem 0; } td form { display: inline-block; margin: 0 .4rem 0 0; } label { display: block; margin: .4rem 0; }
        button { font: inherit; padding: .3rem .8rem; } [role=alert] { color: #a00; }
        """;

    public static IResult Show(string title, string body, int status = StatusCodes.Status200OK) => Results.Content(
        $"""
        <!doctype html>
        <html lang="en">
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{Text(title)}</title>
        <link rel="stylesheet" href="/style.css">
        <h1>{Text(title)}</h1>
        {body}
        </html>
        """, "text/html; charset=utf-8", statusCode: status);

    /// <summary>Text for a page. What a registry says is not ours, and never markup.</summary>
    public static string Text(string? text) => HtmlEncoder.Default.Encode(text ?? "");

    public static void MapPages(this WebApplication app)
    {
        app.MapGet("/style.css", () => Results.Text(Style, "text/css"));
        app.MapGet("/", () => Show("A photo platform", """
            <form action="/photos" method="post" enctype="multipart/form-data">
              <label>A photo to share <input type="file" name="photo" required></label>
              <button>Upload</button>
            </form>
            <p><a href="/staff">For staff</a></p>
            """));
    }

    /// <summary>Nothing is guessed to be what it is not, run, framed, or told where the visitor came from.</summary>
    public static void UseCautiousHeaders(this WebApplication app) => app.Use((context, next) =>
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
        headers["Referrer-Policy"] = "same-origin";
        return next(context);
    });
}
