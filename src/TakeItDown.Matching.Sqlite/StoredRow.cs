namespace TakeItDown.Matching.Sqlite;

/// <summary>A row of the table of lists. Whoever changes entries keeps count in it, and then puts it back.</summary>
internal sealed record StoredRow(long Id, string Cursor, DateTimeOffset? CompleteThrough, long Generation)
{
    /// <summary>The list's position at its place 0.</summary>
    public required long Origin { get; init; }

    /// <summary>The last place that was given away, to an entry or to a removal. No place is given twice.</summary>
    public long LastPlace { get; set; }

    /// <summary>The place from which on every removal is known.</summary>
    public long KnownSince { get; set; }

    /// <summary>How many entries there are of each generation.</summary>
    public GenerationCounts Generations { get; init; } = new();

    public long Entries => Generations.Total;

    public long Position => Origin + LastPlace;

    public static StoredRow Begin() => new(0, "", CompleteThrough: null, Generation: 0) { Origin = StoredList.BeginPosition() };
}
