using TakeItDown.Matching.Registries.HashFiles.Formats;

namespace TakeItDown.Matching.Registries.HashFiles;

/// <summary>A format that lists are written in.</summary>
/// <param name="Name">What it is called where the format is given.</param>
/// <param name="Shape">What a line or record of it looks like, for messages.</param>
internal sealed record ListFormat(string Name, string Shape)
{
    /// <summary>All of them, in the order in which the documentation names them. Content tells which one a file is in, not the order.</summary>
    public static IReadOnlyList<ListFormat> Table { get; } =
    [
        new("list", "kind,value[,entry]") { Lines = static _ => new OwnLines() },
        new("hashes", "a hash") { Lines = static kind => new BareHashes(kind), TakesKind = true },
        new("sums", "hash  file' or 'MD5 (file) = hash") { Lines = static kind => new Checksums(kind), TakesKind = true },
        new("hashdeep", "a row of hashdeep's") { Lines = static _ => new Hashdeep() },
        new("pdq", "hash,quality[,file]") { Lines = static _ => new PdqLines() },
        new("vpdq", "frame,quality,hash,seconds") { Lines = static _ => new VpdqLines() },
        new("csv", "a row with the columns of the first line") { Lines = static kind => new HeadedCsv(kind), TakesKind = true },
        new("tx", "type signal") { Lines = static _ => new TxLines() },
        new("tx-rows", "hash,id,time,tags") { Lines = static kind => new TxRows(kind), TakesKind = true },
        new("tx-state", "a signal of tx") { Json = TxState.Read, RecognisesJson = TxState.Recognises },
        new("vics", "a medium of Project VIC") { Json = Vics.Read, RecognisesJson = Vics.Recognises },
    ];

    /// <summary>Makes what reads its lines, told the kind of hash that was asked for; null where it is JSON.</summary>
    public Func<HashKind, ILineParser>? Lines { get; init; }

    /// <summary>Reads a document of it, and tells what became of each record; null where it has lines.</summary>
    public Action<JsonTokens, EntryCollector, Action<ReadOutcome>>? Json { get; init; }

    /// <summary>Whether a JSON document whose root has members of these names is one of it.</summary>
    public Func<IReadOnlySet<string>, bool>? RecognisesJson { get; init; }

    /// <summary>Whether the kind of its hashes has to be told, or may.</summary>
    public bool TakesKind { get; init; }
}
