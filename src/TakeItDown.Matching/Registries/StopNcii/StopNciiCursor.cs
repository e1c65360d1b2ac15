using System.Text.Json;
using System.Text.Json.Serialization;

namespace TakeItDown.Matching.Registries.StopNcii;

/// <summary>
/// How far the list was read, as a chain of sets: a set is all that has changed since a second, read page by page. Only a set that was
/// read to its end moves <paramref name="Since"/>.
/// </summary>
/// <param name="Scope">The registry's address: what was read elsewhere says nothing here.</param>
/// <param name="Since">Every change before this second is stored, in seconds since 1970 by the registry's clock.</param>
/// <param name="Set">The set that is being read; null between sets and before the first page of one.</param>
/// <param name="Skew">What the registry's clock was ahead of ours when the set was begun that moved <paramref name="Since"/>; null before that.</param>
internal sealed record StopNciiCursor(string Scope, long Since, StopNciiSet? Set, TimeSpan? Skew = null) : IRegistryCursor
{
    private static readonly long OverlapSeconds = (long)RegistryCursor.Overlap.TotalSeconds;

    /// <summary>Where clients in use begin; nothing is said of zero.</summary>
    private const int FirstSecond = 10;

    bool IRegistryCursor.IsPlausible => RegistryClock.IsPlausible(Skew) && RegistryClock.IsPlausible(Set?.Skew);

    /// <summary>What <c>startTimestamp</c> is asked for.</summary>
    [JsonIgnore]
    public long Start => Math.Max(FirstSecond, Since - OverlapSeconds);

    /// <summary>
    /// Goes back by as much as the registry's clock was set back since the last set: what has changed since then carries times that were read
    /// before. Where that leaves a time that is still to come, it was told by a clock that ran ahead by nobody knows how much, and everything
    /// is read again. Null where there is no need, since sets overlap by more.
    /// </summary>
    /// <param name="skew">What the registry's clock is ahead of ours now.</param>
    /// <param name="now">The registry's clock.</param>
    public StopNciiCursor? FollowClock(TimeSpan skew, DateTimeOffset now)
    {
        var back = (long)Math.Ceiling(RegistryCursor.SetBack(Skew, skew).TotalSeconds);
        if (Since - back - OverlapSeconds > now.ToUnixTimeSeconds()) return new StopNciiCursor(Scope, Since: 0, Set: null);
        return back > 0 ? this with { Since = Math.Max(0, Since - back), Skew = skew } : null;
    }

    /// <summary>Goes on to the set's next page.</summary>
    /// <param name="token">Names it.</param>
    /// <param name="now">Our clock.</param>
    /// <param name="began">The registry's clock when the set's first page was served.</param>
    /// <param name="skew">What the registry's clock is ahead of ours.</param>
    public StopNciiCursor Advance(string token, DateTimeOffset now, DateTimeOffset began, TimeSpan skew) => this with
    {
        Set = new StopNciiSet(token, now, began, (Set?.Pages ?? 0) + 1, Set?.Skew ?? skew),
    };

    /// <summary>
    /// Marks the set as read. The next one begins where the registry says, but not after the beginning of this one: what changed while it
    /// was paged through may be missing from it.
    /// </summary>
    public StopNciiCursor Close(long nextSet, DateTimeOffset began, TimeSpan skew) =>
        this with { Since = Math.Max(Since, Math.Min(nextSet, began.ToUnixTimeSeconds())), Set = null, Skew = Set?.Skew ?? skew };

    /// <summary>The text form.</summary>
    public override string ToString() => JsonSerializer.Serialize(this, StopNciiCursorJson.Default.StopNciiCursor);

    /// <summary>Reads the text form.</summary>
    /// <returns>Null where the text is none, or of another scope: then the list is to be read from its beginning.</returns>
    public static StopNciiCursor? Parse(string? text, string scope) => RegistryCursor.Parse(text, scope, StopNciiCursorJson.Default.StopNciiCursor);
}

/// <summary>A set that is being read page by page.</summary>
/// <param name="Token">Names its next page.</param>
/// <param name="ReadAt">When the registry said so, by our clock.</param>
/// <param name="Began">When its first page was served, by the registry's clock.</param>
/// <param name="Pages">How many pages were read.</param>
/// <param name="Skew">What the registry's clock was ahead of ours when the first page was served.</param>
internal sealed record StopNciiSet(string Token, DateTimeOffset ReadAt, DateTimeOffset Began, int Pages, TimeSpan? Skew = null)
{
    /// <summary>
    /// Tokens are not valid for long. One that is refused sends us back to the set's beginning at once; this is for one that gives errors
    /// as if the registry were ill.
    /// </summary>
    private static readonly TimeSpan TokenLifetime = TimeSpan.FromHours(1);

    /// <summary>Whether the place within the set can still be trusted.</summary>
    public bool IsUsable(DateTimeOffset now) => RegistryCursor.IsUsable(ReadAt, TokenLifetime, now);
}

[JsonSourceGenerationOptions(RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(StopNciiCursor))]
internal sealed partial class StopNciiCursorJson : JsonSerializerContext;
