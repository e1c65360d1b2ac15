using System.Collections.Concurrent;
using TakeItDown.Matching;

namespace UploadApi;

/// <summary>
/// What was found in uploads that were refused, until a reviewer has looked at it. A platform would keep it in its database, beside the evidence;
/// here a restart forgets it.
/// </summary>
public sealed class HeldUploads
{
    /// <summary>More than reviewers get through; whoever uploads a listed picture again and again fills no memory.</summary>
    private const int Limit = 1000;

    private readonly ConcurrentDictionary<Guid, IReadOnlyList<Match>> _held = new();

    /// <summary>The matches of each upload.</summary>
    public IReadOnlyDictionary<Guid, IReadOnlyList<Match>> Matches => _held;

    /// <summary>Holds what was found in an upload, if there is room.</summary>
    public void Hold(IReadOnlyList<Match> matches)
    {
        if (_held.Count < Limit) _held.TryAdd(Guid.NewGuid(), matches);
    }

    /// <summary>Lets go of what was reviewed.</summary>
    public void Settle(Guid id) => _held.TryRemove(id, out _);
}
