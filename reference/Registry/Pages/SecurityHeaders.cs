namespace Registry.Pages;

/// <summary>Headers that every answer bears, errors too. The page may talk to this origin and to nobody else.</summary>
internal static class SecurityHeaders
{
    // The page itself may not even compile WebAssembly. Its worker may: a worker has the policy of its own file, and decodes HEIC photos.
    private const string PagePolicy =
        "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; img-src 'self' blob:; media-src 'self' blob:; "
        + "connect-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'";

    private const string WorkerPolicy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'";

    public static void UseSecurityHeaders(this WebApplication app)
    {
        var time = app.Services.GetRequiredService<TimeProvider>();
        app.Use((context, next) =>
        {
            // As the answer starts, since an error clears what was set before.
            context.Response.OnStarting(() =>
            {
                var headers = context.Response.Headers;
                headers.ContentSecurityPolicy = IsWorker(context.Request.Path) ? WorkerPolicy : PagePolicy;
                headers["Referrer-Policy"] = "no-referrer";
                headers.XContentTypeOptions = "nosniff";
                headers["Cross-Origin-Opener-Policy"] = "same-origin";
                headers["Cross-Origin-Embedder-Policy"] = "require-corp";
                headers["Cross-Origin-Resource-Policy"] = "same-origin";
                headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()";
                if (headers.CacheControl.Count == 0) headers.CacheControl = "no-store";
                if (headers.Date.Count == 0) headers.Date = time.GetUtcNow().ToString("R");
                return Task.CompletedTask;
            });
            return next(context);
        });
    }

    private static bool IsWorker(PathString path) =>
        path.StartsWithSegments("/assets", StringComparison.Ordinal) && Path.GetFileName(path.Value!).StartsWith("worker-", StringComparison.Ordinal);
}
