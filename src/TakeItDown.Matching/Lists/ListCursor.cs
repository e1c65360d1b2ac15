using System.Text.Json;
using System.Text.Json.Serialization;

namespace TakeItDown.Matching.Lists;

/// <summary>What the store keeps as a list's cursor: where its source goes on, and how far the comparison with the whole registry has come.</summary>
/// <param name="Source">The source's own cursor.</param>
/// <param name="ReconciledAt">When the list was last read from its beginning, by our clock.</param>
/// <param name="Drift">How many entries that found to be other than they should, and mended; null where there was nothing to compare with.</param>
/// <param name="Reconciliation">The comparison that is under way; null between them.</param>
/// <param name="Rejected">How many malformed records the last reading from the beginning met: any of them may be an entry that it seems to lack.</param>
/// <param name="ReadThrough">What the list was complete through at the end of that reading; null before its end.</param>
/// <param name="Doubt">From where something may be missing; null where nothing is known to be.</param>
/// <param name="Mended">How many entries were missing or different where there was doubt, since <paramref name="ReconciledAt"/>.</param>
/// <param name="HeldSince">Since when, by our clock, the withdrawal of more than half of the list is held back; null where none is.</param>
/// <param name="Withdrawn">What was withdrawn by the hour within a day, the latest last; null where nothing was, or the list is short.</param>
internal sealed record ListCursor(
    string Source, DateTimeOffset ReconciledAt, long? Drift, Reconciliation? Reconciliation, long Rejected = 0, DateTimeOffset? ReadThrough = null,
    Doubt? Doubt = null, long Mended = 0, DateTimeOffset? HeldSince = null, IReadOnlyList<WithdrawnInHour>? Withdrawn = null)
{
    /// <summary>What a registry shows a little late is no drift, and so a doubtful window is compared only after so long; a day is the most it may take.</summary>
    public static readonly TimeSpan DoubtPause = TimeSpan.FromHours(12);

    /// <summary>The cursor after a page of the source.</summary>
    /// <param name="before">The cursor before it; null for the first page of a list.</param>
    /// <param name="page">The page.</param>
    /// <param name="now">Our clock.</param>
    public static ListCursor After(ListCursor? before, ListPage page, DateTimeOffset now)
    {
        var cursor = before is null || page.StartsOver
            ? new ListCursor(page.Cursor, now, Drift: null, Reconciliation: null, Withdrawn: before?.Withdrawn)
            : before with { Source = page.Cursor };
        // The earliest stays: whoever reads from there reads the later ones, too.
        if (page.RereadFrom is not null && cursor.Doubt is null) cursor = cursor with { Doubt = new Doubt(page.RereadFrom, now) };
        return cursor.ReadThrough is not null ? cursor : cursor with { Rejected = cursor.Rejected + page.Rejected, ReadThrough = page.CompleteThrough };
    }

    /// <summary>
    /// Whether what neither a reading from the beginning nor the refreshes since have brought was not there. What was moved while the reading went
    /// on is brought by a refresh that is complete through a later time than the reading.
    /// </summary>
    /// <param name="end">What the reading was complete through.</param>
    /// <param name="completeThrough">What the list is complete through.</param>
    public static bool IsSettled(DateTimeOffset? end, DateTimeOffset? completeThrough) => completeThrough >= end + Settling;

    /// <summary>Registries show some changes a little later than they stamp them; the next refresh brings these, and they are no drift.</summary>
    public static readonly TimeSpan Settling = TimeSpan.FromMinutes(5);

    /// <summary>The text form.</summary>
    public override string ToString() => JsonSerializer.Serialize(this, ListCursorJson.Default.ListCursor);

    /// <summary>Reads the text form. A text that is none was written by a source itself, which is then taken to have been read from its beginning now.</summary>
    public static ListCursor? Parse(string? text, DateTimeOffset now)
    {
        if (text is null) return null;
        try
        {
            if (JsonSerializer.Deserialize(text, ListCursorJson.Default.ListCursor) is { } cursor) return cursor;
        }
        catch (JsonException)
        {
            // As below.
        }
        return new ListCursor(text, now, Drift: null, Reconciliation: null);
    }
}

/// <summary>What the registry counts was not what it showed.</summary>
/// <param name="From">The source's cursor from which what is read again holds all that may be missing.</param>
/// <param name="Since">When that was noticed, by our clock.</param>
internal sealed record Doubt(string From, DateTimeOffset Since)
{
    /// <summary>Whether it is time to compare.</summary>
    public bool IsDue(DateTimeOffset now) => now - Since >= ListCursor.DoubtPause || ListSnapshot.IsAhead(Since, now);
}

/// <summary>A list is being read from its beginning a second time, beside its refreshes, to find what they have missed.</summary>
/// <param name="Began">When it began, by our clock.</param>
/// <param name="Through">What the list was complete through then: up to there it should hold what is read now.</param>
/// <param name="Cursor">The source's cursor; null before the first page.</param>
/// <param name="End">What the second reading is complete through; null before its end.</param>
/// <param name="Drift">How many entries were missing or different so far.</param>
/// <param name="Rejected">How many malformed records there were so far.</param>
/// <param name="IsPartial">Whether it began where there was doubt, and not at the list's beginning: then it says nothing of entries that it does not bring.</param>
internal sealed record Reconciliation(
    DateTimeOffset Began, DateTimeOffset Through, string? Cursor, DateTimeOffset? End, long Drift, long Rejected = 0, bool IsPartial = false)
{
    /// <summary>Whether the list should have known of a change that is read now.</summary>
    public bool Expects(DateTimeOffset? change) => change <= Through - ListCursor.Settling;
}

[JsonSourceGenerationOptions(RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ListCursor))]
internal sealed partial class ListCursorJson : JsonSerializerContext;
