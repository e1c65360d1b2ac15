using System.Globalization;
using System.Text;

namespace TakeItDown.Matching.Registries.Ncmec;

/// <summary>A member of a registry.</summary>
/// <param name="Id">What <see cref="NcmecRegistryOptions.Members"/> names it by.</param>
/// <param name="Name">Its name, fit for a log and a terminal.</param>
internal sealed record NcmecMember(string Id, string Name)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Id} ({Name})";
}

/// <summary>Reads what <c>/v2/members</c> answers.</summary>
internal static class NcmecMembers
{
    /// <summary>Where the members are.</summary>
    public const string Path = "/v2/members";

    /// <summary>Longer documents, in bytes, and more members are none that a person chooses from.</summary>
    private const int DocumentLimit = 4 << 20, MemberLimit = 10_000;

    private const int IdLimit = 256, NameLimit = 100;

    /// <summary>The most members that are named in one text.</summary>
    private const int MostNamed = 50;

    /// <summary>Reads the members, whatever the root is named. A member that is malformed is left out.</summary>
    /// <exception cref="RegistryFormatException">The document is malformed as a whole.</exception>
    public static IReadOnlyList<NcmecMember> Read(ArraySegment<byte> document) =>
        document.Count <= DocumentLimit ? NcmecReader.Read(document, Read) : throw new RegistryFormatException("its list of members is too long");

    /// <summary>Names members for a log.</summary>
    public static string Describe(IReadOnlyCollection<NcmecMember> members) =>
        members.Count == 0 ? "none" : string.Join(", ", members.Take(MostNamed)) + (members.Count > MostNamed ? $" and {members.Count - MostNamed} more" : "");

    private static IReadOnlyList<NcmecMember> Read(NcmecReader reader)
    {
        var members = new List<NcmecMember>();
        reader.MoveToRoot();
        while (reader.MoveToChild(0))
        {
            if (reader.Name != "member" || reader.Attribute("id")?.Trim() is not { Length: > 0 and <= IdLimit } id) continue;
            members.Add(new NcmecMember(Clean(id), Clean(reader.ReadText())));
            if (members.Count > MemberLimit) throw new RegistryFormatException("its members are too many");
        }
        reader.MoveToEnd();
        return members.AsReadOnly();
    }

    /// <summary>Leaves out what a log or a terminal must not get: control characters, and those that turn the direction of text.</summary>
    private static string Clean(ReadOnlySpan<char> text)
    {
        var clean = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (clean.Length >= NameLimit) break;
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned) continue;
            clean.Append(rune);
        }
        return clean.ToString();
    }
}
