namespace TakeItDown.Matching.Registries.Ncmec;

/// <summary>
/// Reads what a registry says of an entry: categories and other members' feedback. What cannot be read is left out: an entry must not be lost for it.
/// Few of them differ, and equal ones are held once for a page.
/// </summary>
internal sealed class NcmecNotes
{
    /// <summary>More of an entry are left out: an entry is no place for a registry to keep our memory busy.</summary>
    private const int Limit = 64;

    private const int TextLimit = 256;

    private readonly Dictionary<string, IReadOnlyList<string>> _categories = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);

    /// <summary>Reads categories: the name where it is there, and otherwise the id, for which <c>/v2/categorizations</c> has the name.</summary>
    public IReadOnlyList<string> ReadCategories(NcmecReader reader)
    {
        var depth = reader.Depth;
        List<string>? found = null;
        while (reader.MoveToChild(depth))
        {
            if (reader.Name is not ("categorization" or "guid")) continue;
            var text = Text(reader.Attribute("name")) ?? Text(reader.Attribute("guid")) ?? Text(reader.ReadText().ToString());
            if (text is not null && (found ??= []).Count < Limit && !found.Contains(text)) found.Add(text);
        }
        if (found is null) return [];
        var key = string.Join('\0', found);
        if (!_categories.TryGetValue(key, out var known)) _categories.Add(key, known = found.AsReadOnly());
        return known;
    }

    /// <summary>Reads feedback. Under <c>reasons</c>, a reason and the members that gave it alternate.</summary>
    public IReadOnlyList<MemberFeedback> ReadFeedback(NcmecReader reader)
    {
        var depth = reader.Depth;
        List<MemberFeedback>? found = null;
        while (reader.MoveToChild(depth))
        {
            if (reader.Name is not ("affirmativeFeedback" or "negativeFeedback")) continue;
            var isDispute = reader.Name == "negativeFeedback";
            var kind = HashKindExtensions.FromName(reader.Attribute("type")?.Trim().ToLowerInvariant() ?? "");
            found ??= [];
            if (isDispute) ReadDisputes(reader, kind, found);
            else Add(found, new MemberFeedback(kind, IsDispute: false, Reason: null, CountMembers(reader, reader.Depth)));
        }
        return found is null ? [] : found.AsReadOnly();
    }

    private void ReadDisputes(NcmecReader reader, HashKind kind, List<MemberFeedback> found)
    {
        var depth = reader.Depth;
        while (reader.MoveToChild(depth))
        {
            if (reader.Name != "reasons") continue;
            string? reason = null;
            while (reader.MoveToChild(depth + 1))
            {
                if (reader.Name == "reason")
                {
                    if (reason is not null) Add(found, new MemberFeedback(kind, IsDispute: true, reason, Members: 1));
                    reason = Text(reader.Attribute("name")) ?? Text(reader.Attribute("guid")) ?? "";
                }
                else if (reader.Name == "members" && reason is not null)
                {
                    var members = 0;
                    while (reader.MoveToChild(depth + 2))
                    {
                        if (reader.Name == "member") members++;
                    }
                    Add(found, new MemberFeedback(kind, IsDispute: true, reason.Length == 0 ? null : reason, Math.Max(members, 1)));
                    reason = null;
                }
            }
            // One that nobody is named for was given by somebody.
            if (reason is not null) Add(found, new MemberFeedback(kind, IsDispute: true, reason.Length == 0 ? null : reason, Members: 1));
        }
    }

    private static int CountMembers(NcmecReader reader, int depth)
    {
        var members = 0;
        while (reader.MoveToChild(depth))
        {
            if (reader.Name != "members") continue;
            while (reader.MoveToChild(depth + 1))
            {
                if (reader.Name == "member") members++;
            }
        }
        return Math.Max(members, 1);
    }

    private static void Add(List<MemberFeedback> found, MemberFeedback one)
    {
        if (found.Count < Limit) found.Add(one);
    }

    private string? Text(string? text)
    {
        text = text?.Trim();
        if (text is not { Length: > 0 and <= TextLimit }) return null;
        if (_texts.TryGetValue(text, out var known)) return known;
        _texts.Add(text, text);
        return text;
    }
}
