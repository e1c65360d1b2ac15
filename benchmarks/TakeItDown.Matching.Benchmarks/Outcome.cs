using BenchmarkDotNet.Reports;

namespace TakeItDown.Matching.Benchmarks;

/// <summary>BenchmarkDotNet writes what threw into its report, and ends as if nothing had happened.</summary>
internal static class Outcome
{
    /// <summary>0 if every benchmark ran to its end, 1 otherwise.</summary>
    public static int Judge(IEnumerable<Summary> summaries)
    {
        var failures = 0;
        foreach (var summary in summaries)
        {
            foreach (var error in summary.ValidationErrors.Where(error => error.IsCritical)) Complain(error.Message);
            foreach (var benchmark in summary.BenchmarksCases)
            {
                if (summary[benchmark] is not { Success: true }) Complain($"{benchmark.DisplayInfo} failed");
            }
        }
        return failures == 0 ? 0 : 1;

        void Complain(string text)
        {
            failures++;
            Console.Error.WriteLine(text);
        }
    }
}
