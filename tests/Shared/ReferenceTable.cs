namespace TakeItDown.Matching.Tests;

/// <summary>One file as the C++ reference implementation sees it.</summary>
internal sealed record ReferenceRow(string File, int Width, int Height, int Quality, PdqHash[] Dihedral)
{
    public PdqHash Hash => Dihedral[0];
}

/// <summary>Reads <c>pdq-reference.tsv</c> and its like.</summary>
internal static class ReferenceTable
{
    public static IReadOnlyList<ReferenceRow> Read(string path) =>
    [
        .. File.ReadLines(path).Skip(1).Select(line => line.Split('\t')).Select(cells => new ReferenceRow(
            cells[0], Number(cells[1]), Number(cells[2]), Number(cells[3]), [.. cells[4..12].Select(Parse)])),
    ];

    private static int Number(string cell) => int.Parse(cell, System.Globalization.CultureInfo.InvariantCulture);

    private static PdqHash Parse(string cell) => PdqHash.TryParse(cell, out var hash) ? hash : throw new FormatException(cell);
}
