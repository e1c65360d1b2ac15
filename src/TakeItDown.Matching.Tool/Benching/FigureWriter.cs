using System.Globalization;
using TakeItDown.Matching.Tool.Output;

namespace TakeItDown.Matching.Tool.Benching;

/// <summary>Writes figures to standard output, each as soon as it is known: as JSON or as lines of a table.</summary>
internal sealed class FigureWriter(bool json) : IDisposable
{
    private readonly JsonLines? _json = json ? new JsonLines() : null;

    public void Write(Figure figure)
    {
        if (_json is null) Console.WriteLine(ToText(figure));
        else _json.Write(line =>
        {
            line.WriteString("name", figure.Name);
            line.WriteNumber("value", Round(figure.Value));
            line.WriteString("unit", figure.Unit);
            line.WriteString("baseline", figure.Baseline);
            if (figure.Ratio is { } ratio) line.WriteNumber("ratio", Round(ratio));
            else line.WriteNull("ratio");
        });
    }

    public void Dispose() => _json?.Dispose();

    private static string ToText(Figure figure)
    {
        var unit = figure.Unit switch { "us" => "µs", "1/s" => "a second", "B" => "bytes", var other => other };
        var isCost = figure.Name.StartsWith("decode.", StringComparison.Ordinal);
        var comparison = figure.Ratio is not { } ratio ? "" : $"{Round(ratio)} times {(isCost ? "the cost of" : "as fast as")} {figure.Baseline}";
        return string.Create(CultureInfo.InvariantCulture, $"{figure.Name,-22}{Round(figure.Value),10} {unit,-10}{comparison}").TrimEnd();
    }

    /// <summary>To four digits: no measurement here means more.</summary>
    private static double Round(double value) =>
        double.Parse(value.ToString("G4", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
