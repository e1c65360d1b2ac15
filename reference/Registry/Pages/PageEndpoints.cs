using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.AspNetCore.StaticFiles;

namespace Registry.Pages;

/// <summary>Serves the person's page from the web root if it has been built, or else a plain one that comes with the program.</summary>
internal static class PageEndpoints
{
    private const string Forever = "public, max-age=31536000, immutable";

    /// <summary>Text shrinks to a third. Only files are compressed: what an answer of the API says must not show in its length.</summary>
    public static IServiceCollection AddPages(this IServiceCollection services) => services.AddResponseCompression(compression =>
    {
        compression.EnableForHttps = true;
        compression.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, "image/svg+xml"];
    });

    public static void MapPages(this WebApplication app)
    {
        if (app.Environment.WebRootFileProvider.GetFileInfo("index.html").Exists)
        {
            app.UseResponseCompression();
            app.UseDefaultFiles();
            app.UseStaticFiles(new StaticFileOptions
            {
                ContentTypeProvider = new FileExtensionContentTypeProvider { Mappings = { [".mjs"] = "text/javascript" } },
                OnPrepareResponse = file => file.Context.Response.Headers.CacheControl = IsHashed(file.Context.Request.Path) ? Forever : "no-cache",
            });
            return;
        }
        Map("/", "plain.html", "text/html; charset=utf-8");
        Map("/plain.js", "plain.js", "text/javascript; charset=utf-8");
        Map("/plain.css", "plain.css", "text/css; charset=utf-8");

        // Vite names them by what is in them, so a name never stands for two contents.
        static bool IsHashed(PathString path) => path.StartsWithSegments("/assets", StringComparison.Ordinal);

        void Map(string path, string name, string type) =>
            app.MapGet(path, () => Results.Stream(typeof(PageEndpoints).Assembly.GetManifestResourceStream(name)!, type));
    }
}
