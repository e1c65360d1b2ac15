using System.Collections.Concurrent;
using TakeItDown.Matching;

namespace UploadApi;

/// <summary>
/// What was found in uploads that were refused, until a reviewer has looked at it. A platform would keep it in its database, beside the evidence;
/// here a restart forgets it.
/// </summary>
public sealed class HeldUploads
{
    private readonly ConcurrentDictionary<Guid, IReadOnlyList<Match>> _held = new();

    /// <summary>The matches of each upload.</summary>
    public IReadOnlyDictionary<Guid, IReadOnlyList<Match>> Matches => _held;

    /// <summary>Holds what was found in an upload.</summary>
    public void Hold(IReadOnlyList<Match> matches) => _held.TryAdd(Guid.NewGuid(), matches);

    /// <summary>Lets go of what was reviewed.</summary>
    public void Settle(Guid id) => _held.TryRemove(id, out _);
}
