using BenchmarkDotNet.Running;
using TakeItDown.Matching.Benchmarks.Indexing;

if (args is [CodeExport.Verb, ..]) return CodeExport.Run(args.AsSpan(1));
BenchmarkSwitcher.FromAssembly(typeof(CodeExport).Assembly).Run(args);
return 0;
