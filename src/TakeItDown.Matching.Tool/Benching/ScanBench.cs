using Microsoft.Extensions.DependencyInjection;
using TakeItDown.Matching.Lists;
using TakeItDown.Matching.Tool.Input;

namespace TakeItDown.Matching.Tool.Benching;

/// <summary>Whole scans of files from the disk, digests and PDQ, against a list of pictures, on all cores.</summary>
internal static class ScanBench
{
    public static async IAsyncEnumerable<Figure> RunAsync(BenchPlan plan)
    {
        await using var services = ToolServices.Create(static _ => { });
        services.GetRequiredService<ListCatalog>().Publish(new ListSnapshot("bench", RandomHashes.Index(plan.Entries), plan.Time.GetUtcNow()));
        var scanner = services.GetRequiredService<IContentScanner>();
        var drawn = plan.Files is null ? Directory.CreateTempSubdirectory("takeitdown-bench-") : null;
        try
        {
            if (drawn is not null) SampleFiles.DrawInto(drawn);
            var paths = SampleFiles.Choose(plan.Files ?? drawn!);
            var seconds = await plan.Runs.TimeAsync(async () =>
            {
                var found = paths.Select(path => new PathWalker.Found(path, IsNamed: false));
                await foreach (var file in FileBatch.RunAsync(found, (stream, token) => scanner.ScanAsync(stream, cancellationToken: token), plan.CancellationToken))
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
}
