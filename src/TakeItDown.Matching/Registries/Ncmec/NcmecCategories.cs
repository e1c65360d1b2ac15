namespace TakeItDown.Matching.Registries.Ncmec;

/// <summary>Gives categories their names, where entries name them by id. Ids do not change within a registry, and differ between registries.</summary>
internal static class NcmecCategories
{
    /// <summary>Where their names are.</summary>
    public const string Path = "/v2/categorizations";

    private const int DocumentLimit = 1 << 20, Limit = 1000, TextLimit = 256;

    /// <summary>Reads <c>availableCategorizations</c>. One that is malformed is left out.</summary>
    /// <exception cref="RegistryFormatException">The document is malformed as a whole.</exception>
    public static IReadOnlyDictionary<string, string> Read(ArraySegment<byte> document) =>
        document.Count <= DocumentLimit ? NcmecReader.Read(document, Read) : throw new RegistryFormatException("its categories are too long");

    /// <summary>Whether a category is known by its id alone.</summary>
    public static bool IsId(string category) => Guid.TryParseExact(category, "D", out _);

    /// <summary>The same entries with the names of their categories; an id without a name stays.</summary>
    public static IReadOnlyList<ListEntry> Name(IReadOnlyList<ListEntry> entries, IReadOnlyDictionary<string, string> names) =>
        [.. entries.Select(entry => !entry.Categories.Any(IsId) ? entry : new ListEntry
        {
            Key = entry.Key,
            Media = entry.Media,
            Classification = entry.Classification,
            Timestamp = entry.Timestamp,
            Hashes = entry.Hashes,
            Categories = [.. entry.Categories.Select(category => names.GetValueOrDefault(category.ToLowerInvariant(), category))],
            Feedback = entry.Feedback,
        })];

    private static IReadOnlyDictionary<string, string> Read(NcmecReader reader)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        reader.MoveToRoot("availableCategorizations");
        while (reader.MoveToChild(0))
        {
            if (reader.Name != "group") continue;
            while (reader.MoveToChild(1))
            {
                if (reader.Name != "categorization") continue;
                if (reader.Attribute("guid")?.Trim() is { } id && IsId(id) && reader.Attribute("name")?.Trim() is { Length: > 0 and <= TextLimit } name)
                    names[id.ToLowerInvariant()] = name;
                if (names.Count > Limit) throw new RegistryFormatException("its categories are too many");
            }
        }
        reader.MoveToEnd();
        return names;
    }
}
