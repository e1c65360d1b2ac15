using System.Globalization;
using TakeItDown.Matching.Registries.HashFiles;

namespace TakeItDown.Matching.Tool.Output;

/// <summary>Says what was read of a list file, and what was not: by line, never by text, since lines hold hashes.</summary>
internal static class ListReport
{
    public static void Say(ListReading reading)
    {
        var (format, place) = (reading.Format, reading.Entries.PlaceName);
        foreach (var (number, isTooLong) in reading.Unread)
        {
            Complaints.Say(isTooLong ? Text($"{place} {number} of the list is longer than {ListLines.LineLimit} characters and is skipped")
                : Text($"{place} {number} of the list is not '{format.Shape}' and is skipped"));
        }
        if (reading.Count(ReadOutcome.Unread) - reading.Unread.Count is > 0 and var more) Complaints.Say(Text($"{more} more {place}s of the list are skipped likewise"));
        if (reading.DamagedFrom is { } line) Complaints.Say(Text($"the list is malformed from line {line} on; what comes after was not read"));
        Skipped(reading, ReadOutcome.TooPlain, "of pictures too plain to judge (a quality under 50)");
        Skipped(reading, ReadOutcome.NotCompared, "of kinds of hash that are not compared");
        Skipped(reading, ReadOutcome.Cleared, "judged not to be harmful");
        if (reading.Entries.IsEmpty) return;
        var hashes = new List<string>();
        for (var kind = HashKind.Md5; kind <= HashKind.Pdq; kind++)
        {
            if (reading.Entries.Count(kind) is > 0 and var count) hashes.Add(Text($"{count} {kind.ToName()}"));
        }
        if (reading.Entries.Frames is > 0 and var frames) hashes[^1] += Text($" ({frames} of frames)");
        Complaints.Say($"the list was read as '{format.Name}': {string.Join(", ", hashes)}");
    }

    private static void Skipped(ListReading reading, ReadOutcome outcome, string why)
    {
        if (reading.Count(outcome) is > 0 and var count) Complaints.Say(Text($"{count} {reading.Entries.PlaceName}{(count == 1 ? " is" : "s are")} left out: {why}"));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
