using BenchmarkDotNet.Running;
using TakeItDown.Matching.Benchmarks;
using TakeItDown.Matching.Benchmarks.Indexing;

switch (args)
{
    case [CodeExport.Verb, ..]:
        return CodeExport.Run(args.AsSpan(1));
    case [DryRun.Verb, var artifacts]:
        return DryRun.Run(artifacts);
    case [ResultsFile.Verb, var artifacts, var folder]:
        return ResultsFile.Write(artifacts, folder);
    default:
        return Outcome.Judge(BenchmarkSwitcher.FromAssembly(typeof(Outcome).Assembly).Run(args));
}
