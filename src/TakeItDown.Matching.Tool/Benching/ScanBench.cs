using Microsoft.Extensions.DependencyInjection;
using TakeItDown.Matching.Indexing;
using TakeItDown.Matching.Syncing;
using TakeItDown.Matching.Tool.Input;

namespace TakeItDown.Matching.Tool.Benching;

/// <summary>Whole scans of files from the disk, digests and PDQ, against a list of pictures, on all cores.</summary>
internal static class ScanBench
{
    public static async IAsyncEnumerable<Figure> RunAsync(BenchPlan plan)
    {
        await using var services = ToolServices.Create(static _ => { });
        services.GetRequiredService<ListCatalog>().Publish(new ListSnapshot("bench", BuildIndex(plan.Entries), plan.Time.GetUtcNow()));
        var scanner = services.GetRequiredService<IContentScanner>();
        var drawn = plan.Files is null ? Directory.CreateTempSubdirectory("takeitdown-bench-") : null;
        try
        {
            if (drawn is not null) SampleFiles.DrawInto(drawn);
            var paths = SampleFiles.Choose(plan.Files ?? drawn!);
            var seconds = await plan.Runs.TimeAsync(async () =>
            {
                await foreach (var file in FileBatch.RunAsync(paths, (stream, token) => scanner.ScanAsync(stream, cancellationToken: token), plan.CancellationToken))
                {
                    if (file.Error is not null) throw new IOException(file.Error);
                }
            });
            yield return new Figure("scan.files", paths.Length / seconds, "1/s");
        }
        finally
        {
            drawn?.Delete(recursive: true);
        }
    }

    private static HashIndex BuildIndex(int entries)
    {
        var builder = new HashIndexBuilder();
        var hashes = RandomHashes.Pdq(entries, seed: 5).Zip(RandomHashes.Md5(entries, seed: 6), (pdq, md5) => new[] { pdq.ToValue(), RandomHashes.ToValue(md5) });
        foreach (var entry in RandomHashes.Entries(hashes)) builder.Add(entry);
        return builder.Build();
    }
}
