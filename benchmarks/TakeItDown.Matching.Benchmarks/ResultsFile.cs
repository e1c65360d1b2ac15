using System.Text;

namespace TakeItDown.Matching.Benchmarks;

/// <summary><c>keep ARTIFACTS FOLDER</c>: gathers the tables of the latest runs into one file, named after the processor they ran on.</summary>
internal static class ResultsFile
{
    public const string Verb = "keep";
    private const string Suffix = "Benchmarks-report-github.md";

    public static int Write(string artifacts, string folder)
    {
        var results = Path.Combine(artifacts, "results");
        string[] reports = Directory.Exists(results) ? Directory.GetFiles(results, "*" + Suffix) : [];
        if (reports.Length == 0)
        {
            Console.Error.WriteLine("There are no results to keep: run ./bench.sh first.");
            return 1;
        }
        Array.Sort(reports, StringComparer.Ordinal);
        var machine = ReadMachine(reports[0]);
        if (reports.FirstOrDefault(report => !ReadMachine(report).SequenceEqual(machine)) is { } foreign)
        {
            Console.Error.WriteLine($"{foreign} is from another machine or runtime than {reports[0]}: remove one of them.");
            return 1;
        }

        var processor = machine[1].Split(',')[0];
        var text = new StringBuilder().AppendLine($"# {processor}").AppendLine();
        foreach (var line in machine) text.AppendLine($"- {line}");
        foreach (var report in reports)
        {
            text.AppendLine().AppendLine($"## {Path.GetFileName(report)[..^Suffix.Length].Split('.')[^1]}").AppendLine();
            foreach (var row in File.ReadLines(report).Where(line => line.StartsWith('|'))) text.AppendLine(row);
        }
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, ToFileName(processor) + ".md");
        File.WriteAllText(file, text.ToString());
        Console.WriteLine(file);
        return 0;
    }

    /// <summary>The system, the processor and the SDK: the first lines of a report, after a fence.</summary>
    private static string[] ReadMachine(string report) => [.. File.ReadLines(report).Where(line => line.Length > 0 && !line.StartsWith('`')).Take(3)];

    private static string ToFileName(string processor) =>
        string.Join('-', processor.ToLowerInvariant().Split([' ', '(', ')', '@', '.', '/'], StringSplitOptions.RemoveEmptyEntries));
}
