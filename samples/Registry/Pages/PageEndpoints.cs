namespace Registry.Pages;

/// <summary>Serves the person's page from the web root if it has been built, or else a plain one that comes with the program.</summary>
internal static class PageEndpoints
{
    public static void MapPages(this WebApplication app)
    {
        if (app.Environment.WebRootFileProvider.GetFileInfo("index.html").Exists)
        {
            app.UseDefaultFiles();
            app.UseStaticFiles(new StaticFileOptions { OnPrepareResponse = file => file.Context.Response.Headers.CacheControl = "no-cache" });
            return;
        }
        Map("/", "plain.html", "text/html; charset=utf-8");
        Map("/plain.js", "plain.js", "text/javascript; charset=utf-8");
        Map("/plain.css", "plain.css", "text/css; charset=utf-8");

        void Map(string path, string name, string type) =>
            app.MapGet(path, () => Results.Stream(typeof(PageEndpoints).Assembly.GetManifestResourceStream(name)!, type));
    }
}
