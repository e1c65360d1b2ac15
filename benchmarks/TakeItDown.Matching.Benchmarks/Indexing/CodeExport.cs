using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using TakeItDown.Matching.Indexing;
using TakeItDown.Matching.Indexing.Pdq;

namespace TakeItDown.Matching.Benchmarks.Indexing;

/// <summary>
/// <c>export-codes DIR --entries N</c>: writes codes and queries as rows of 32 bytes, with what this library finds and how long it takes,
/// for the scripts under <c>benchmarks/peers</c> to do the same with another index.
/// </summary>
internal static class CodeExport
{
    public const string Verb = "export-codes";
    private const int Queries = 1000;
    private const int Repetitions = 7;
    private const int MaximumDistance = 31;

    public static int Run(ReadOnlySpan<string> arguments)
    {
        if (arguments is not [var directory, "--entries", var number] || !int.TryParse(number, CultureInfo.InvariantCulture, out var entries) || entries < 1)
        {
            Console.Error.WriteLine($"usage: {Verb} DIR --entries N");
            return 2;
        }
        Directory.CreateDirectory(directory);
        var codes = RandomHashes.Pdq(entries, seed: 10);
        var queries = RandomHashes.Pdq(Queries, seed: 11);

        // Half of the queries have something to find, as far off as may be.
        for (var query = 0; query < Queries; query += 2)
        {
            var (word0, word1, word2, word3) = codes[(int)(query * 7_654_321L % entries)];
            queries[query] = new PdqHash(word0 ^ 0xFF00FF, word1 ^ 0x7F, word2, word3 ^ 0xFF000000);
        }
        File.WriteAllBytes(Path.Combine(directory, "codes.bin"), MemoryMarshal.AsBytes(codes.AsSpan()));
        File.WriteAllBytes(Path.Combine(directory, "queries.bin"), MemoryMarshal.AsBytes(queries.AsSpan()));

        var builder = new PdqIndexBuilder();
        for (var entry = 0; entry < entries; entry++) builder.Add(codes[entry], entry);
        var building = Stopwatch.GetTimestamp();
        var index = builder.Build(new ParallelOptions());
        var built = Stopwatch.GetElapsedTime(building);

        var hits = new List<IndexHit>();
        var times = new double[Repetitions];
        foreach (ref var time in times.AsSpan())
        {
            hits.Clear();
            var start = Stopwatch.GetTimestamp();
            for (var query = 0; query < Queries; query++)
            {
                var before = hits.Count;
                index.Find(queries.AsSpan(query, 1), MaximumDistance, new HitCollector(hits, int.MaxValue));
                for (var hit = before; hit < hits.Count; hit++) hits[hit] = hits[hit] with { Query = query };
            }
            time = Stopwatch.GetElapsedTime(start).TotalMicroseconds / Queries;
        }
        Array.Sort(times);
        using var file = File.Create(Path.Combine(directory, "found.json"));
        using var json = new Utf8JsonWriter(file);
        json.WriteStartObject();
        json.WriteNumber("maximumDistance", MaximumDistance);
        json.WriteNumber("queryMicroseconds", times[Repetitions / 2]);
        json.WriteNumber("buildSeconds", built.TotalSeconds);
        json.WriteNumber("bytesPerEntry", index.Bytes / (double)entries);
        json.WriteStartArray("hits");
        foreach (var hit in hits.OrderBy(hit => hit.Query).ThenBy(hit => hit.Entry))
        {
            json.WriteStartArray();
            json.WriteNumberValue(hit.Query);
            json.WriteNumberValue(hit.Entry);
            json.WriteNumberValue(hit.Distance);
            json.WriteEndArray();
        }
        json.WriteEndArray();
        json.WriteEndObject();
        return 0;
    }
}
