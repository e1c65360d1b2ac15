using System.Text.Encodings.Web;
using Microsoft.AspNetCore.HostFiltering;
using TakeItDown.Matching;
using UploadApi.Staff;

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
        // What a registry says are others' words, and ASP.NET leaves characters as they are that turn the direction of writing, or that nobody sees.
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.Encoder = JavaScriptEncoder.Default);
        var settings = builder.Configuration.GetSection("TakeItDown");
        builder.Services.Configure<SyncOptions>(settings.GetSection("Sync"));
        builder.Services
            .AddTakeItDownMatching(settings.GetSection("Matching"))
            .AddNcmecRegistry("take-it-down", settings.GetSection("Registry"))
            .UseSqliteStore(settings["Store"] ?? "lists.db");
        builder.Services.AddHealthChecks().AddTakeItDownLists();
        builder.Services.AddSingleton<PhotoStore>();
        builder.Services.AddSingleton<HeldUploads>();
        builder.Services.AddSingleton<UploadPolicy>();
        // A plain picture is fine to keep: its digests were checked, and there is little to be seen on it.
        builder.Services.Configure<UploadPolicyOptions>(options => options.Accept.Add(ScanReason.TooPlain));
        builder.AddStaff();
        // A name that somebody pointed at this machine is not this platform's.
        builder.Services.Configure<HostFilteringOptions>(options => options.AllowedHosts = (builder.Configuration["AllowedHosts"] ?? "localhost;127.0.0.1;[::1]").Split(';'));
        configure?.Invoke(builder);

        var app = builder.Build();
        app.UseCautiousHeaders();
        app.UseStaff();
        app.MapPages();
        app.MapPhotos();
        app.MapSignIn();
        app.MapStaffPage();
        app.MapLists();
        app.MapReview();
        app.MapHealthChecks("/health");
        return app;
    }
}
