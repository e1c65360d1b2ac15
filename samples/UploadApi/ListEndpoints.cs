using System.Net;
using TakeItDown.Matching;

namespace UploadApi;

/// <summary>For the operator, from this machine only: the state of the lists, and a refresh out of turn.</summary>
internal static class ListEndpoints
{
    public static void MapLists(this WebApplication app)
    {
        var lists = app.MapGroup("/lists").AddEndpointFilter(async (context, next) =>
            context.HttpContext.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address) ? await next(context) : Results.NotFound());
        lists.MapGet("", (IListManager manager) => manager.Lists);
        lists.MapPost("/refresh", (IListManager manager, CancellationToken cancelled) => manager.RefreshAsync(progress: null, cancelled));
    }
}
