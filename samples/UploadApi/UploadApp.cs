using TakeItDown.Matching;

namespace UploadApi;

/// <summary>A small platform: people upload photos, clean ones are kept and shown.</summary>
public static class UploadApp
{
    /// <summary>Builds the application; running it is the caller's.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="configure">A last word on services and settings, for tests.</param>
    public static WebApplication Create(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(args);
        var settings = builder.Configuration.GetSection("TakeItDown");
        builder.Services.Configure<SyncOptions>(settings.GetSection("Sync"));
        builder.Services
            .AddTakeItDownMatching(settings.GetSection("Matching"))
            .AddNcmecRegistry("take-it-down", settings.GetSection("Registry"))
            .UseSqliteStore(settings["Store"] ?? "lists.db");
        builder.Services.AddHealthChecks().AddTakeItDownLists();
        builder.Services.AddSingleton<PhotoStore>();
        builder.Services.AddSingleton<HeldUploads>();
        configure?.Invoke(builder);

        var app = builder.Build();
        app.MapPhotos();
        app.MapLists();
        app.MapReview();
        app.MapHealthChecks("/health");
        app.MapGet("/", () => Results.Content(UploadPage.Html, "text/html"));
        return app;
    }
}
