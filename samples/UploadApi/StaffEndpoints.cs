using System.Net;

namespace UploadApi;

/// <summary>What only the platform's own people may call: here, whoever is on this machine.</summary>
internal static class StaffEndpoints
{
    public static RouteGroupBuilder MapStaffGroup(this WebApplication app, string prefix)
    {
        var group = app.MapGroup(prefix);
        group.AddEndpointFilter(async (context, next) =>
            context.HttpContext.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address) ? await next(context) : Results.NotFound());
        return group;
    }
}
