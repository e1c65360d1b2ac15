using TakeItDown.Matching;

namespace UploadApi.Staff;

/// <summary>For the operator: the state of the lists, and a refresh out of turn.</summary>
internal static class ListEndpoints
{
    public static void MapLists(this WebApplication app)
    {
        var lists = app.MapStaffGroup("/lists");
        lists.MapGet("", (IListManager manager) => manager.Lists);
        lists.MapPost("/refresh", (IListManager manager, CancellationToken cancelled) => manager.RefreshAsync(progress: null, cancelled));
    }
}
