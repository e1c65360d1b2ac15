using System.Text.Encodings.Web;
using System.Text.Json;

namespace TakeItDown.Matching.Tool.Output;

/// <summary>Writes JSON to standard output, one object a line, each as soon as it is known.</summary>
internal sealed class JsonLines : IDisposable
{
    private readonly Stream _output = Console.OpenStandardOutput();
    private readonly MemoryStream _line = new();

    public void Write(Action<Utf8JsonWriter> write)
    {
        _line.SetLength(0);
        // Paths stay readable: the output is read by programs and people, not put into a web page.
        using (var writer = new Utf8JsonWriter(_line, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }
        _line.WriteByte((byte)'\n');
        _output.Write(_line.GetBuffer(), 0, (int)_line.Length);
        _output.Flush();
    }

    public void Dispose()
    {
        _line.Dispose();
        _output.Dispose();
    }
}
