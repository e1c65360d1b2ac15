using System.Text;

namespace TakeItDown.Matching.Registries.HashFiles;

/// <summary>Takes a line of a CSV file apart.</summary>
internal static class Csv
{
    /// <summary>Splits a line into its fields, which may be quoted.</summary>
    /// <returns>False where a quote is not closed.</returns>
    public static bool TrySplit(ReadOnlySpan<char> line, char separator, List<string> fields)
    {
        fields.Clear();
        while (true)
        {
            if (line.StartsWith('"'))
            {
                if (Quoted(ref line) is not { } quoted) return false;
                fields.Add(quoted);
            }
            else
            {
                var length = line.IndexOf(separator);
                fields.Add(line[..(length < 0 ? line.Length : length)].Trim().ToString());
                line = length < 0 ? [] : line[length..];
            }
            if (line.IsEmpty) return true;
            if (line[0] != separator) return false;
            line = line[1..];
        }
    }

    private static string? Quoted(ref ReadOnlySpan<char> line)
    {
        var text = new StringBuilder();
        line = line[1..];
        while (true)
        {
            var length = line.IndexOf('"');
            if (length < 0) return null;
            text.Append(line[..length]);
            line = line[(length + 1)..];
            if (!line.StartsWith('"')) return text.ToString();
            text.Append('"');
            line = line[1..];
        }
    }
}
