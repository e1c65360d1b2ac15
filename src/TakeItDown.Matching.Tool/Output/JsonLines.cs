using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;

namespace TakeItDown.Matching.Tool.Output;

/// <summary>Writes JSON to standard output, one object a line, each as soon as it is known.</summary>
internal sealed class JsonLines : IDisposable
{
    private readonly Stream _output = Open();
    private readonly MemoryStream _line = new();
    private readonly MemoryStream _shown = new();

    /// <exception cref="OutputException">Standard output takes no more.</exception>
    public void Write(Action<Utf8JsonWriter> write)
    {
        _line.SetLength(0);
        // Paths stay readable: the output is read by programs and people, not put into a web page. What nobody could read is escaped below.
        using (var writer = new Utf8JsonWriter(_line, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }
        _shown.SetLength(0);
        HiddenJson.Write(_line.GetBuffer().AsSpan(0, (int)_line.Length), _shown);
        try
        {
            _output.Write(_shown.GetBuffer(), 0, (int)_shown.Length);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new OutputException(exception);
        }
    }

    public void Dispose()
    {
        _line.Dispose();
        _shown.Dispose();
        _output.Dispose();
    }

    /// <summary>
    /// The console's own stream does not say when a pipe's reader has gone, and a folder would be hashed to its end for nobody. A file's stream
    /// says so, but keeps a position of its own, which is wrong where another program writes to the same file.
    /// </summary>
    private static Stream Open()
    {
        if (OperatingSystem.IsWindows() || !Console.IsOutputRedirected) return Console.OpenStandardOutput();
        try
        {
            var pipe = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
            if (!pipe.CanSeek) return pipe;
            pipe.Dispose();
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or UnauthorizedAccessException)
        {
            // Standard output is closed; the first line that is written will say so.
        }
        return Console.OpenStandardOutput();
    }
}
