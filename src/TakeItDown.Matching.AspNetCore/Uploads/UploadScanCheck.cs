using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace TakeItDown.Matching.AspNetCore;

/// <summary>Looks at every endpoint once the host has started: a scan that does nothing is worse than none, for somebody believes in it.</summary>
internal static class UploadScanCheck
{
    /// <exception cref="InvalidOperationException">An endpoint with a scan of its own takes no form, or a policy is not registered.</exception>
    public static void Run(IServiceProvider services)
    {
        var bare = new List<string>();
        var uncovered = new List<string>();
        using var scope = services.CreateScope();
        foreach (var endpoint in services.GetService<EndpointDataSource>()?.Endpoints ?? [])
        {
            var scans = endpoint.Metadata.GetOrderedMetadata<UploadScanMetadata>();
            if (scans.Count == 0 || UploadEndpoint.IsDisabled(endpoint)) continue;
            foreach (var scan in scans) scan.Policy(scope.ServiceProvider);
            if (UploadEndpoint.RunsFilters(endpoint) && UploadEndpoint.TakesForm(endpoint)) continue;
            var isBare = scans.Any(scan => !scan.IsCollective);
            if (isBare || UploadEndpoint.TakesOtherBodies(endpoint)) (isBare ? bare : uncovered).Add(Name(endpoint));
        }
        if (bare.Count > 0)
        {
            throw new InvalidOperationException(
                $"ScanUploads scans forms, and nothing on these endpoints: {string.Join("; ", bare)}. Let the handler bind a form (IFormFile), or say that it "
                + "takes one with .Accepts<IFormFile>(\"multipart/form-data\"); a Razor page, a hub, a gRPC service and a handler that reads the body itself "
                + "call IContentScanner.ScanAsync instead.");
        }
        if (uncovered.Count > 0) Log.NotCovered(services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(UploadScanCheck)), string.Join("; ", uncovered));
    }

    private static string Name(Endpoint endpoint) => endpoint.DisplayName ?? (endpoint as RouteEndpoint)?.RoutePattern.RawText ?? "an endpoint without a name";
}
