using System.Text;

namespace TakeItDown.Matching.Registries.HashFiles;

/// <summary>Reads a text line by line, in bounded memory: of a line that is too long nothing is kept.</summary>
internal sealed class ListLines(Stream stream) : IDisposable
{
    /// <summary>In characters. A video's frames stand in one line of ThreatExchange's: an hour of them takes 300,000.</summary>
    public const int LineLimit = 4 << 20;

    private readonly StreamReader _reader = new(stream, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, leaveOpen: true);
    private readonly char[] _buffer = new char[1 << 15];
    private readonly StringBuilder _begun = new();
    private int _next, _end;

    /// <summary>Whether the line that was read last is too long; it is empty then.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>Reads the next line, without its end and the white space around it. It is valid until the next call.</summary>
    /// <returns>False where there is none left.</returns>
    public bool TryRead(out ReadOnlySpan<char> line)
    {
        _begun.Clear();
        IsTooLong = false;
        for (var isBegun = false; ; isBegun = true)
        {
            if (_next == _end)
            {
                (_next, _end) = (0, _reader.Read(_buffer));
                if (_end == 0)
                {
                    line = IsTooLong ? [] : _begun.ToString().AsSpan().Trim();
                    return isBegun;
                }
            }
            var rest = _buffer.AsSpan(_next, _end - _next);
            var length = rest.IndexOf('\n');
            var part = length < 0 ? rest : rest[..length];
            _next += length < 0 ? rest.Length : length + 1;
            IsTooLong |= _begun.Length + part.Length > LineLimit;
            if (length >= 0 && _begun.Length == 0)
            {
                line = IsTooLong ? [] : part.Trim();
                return true;
            }
            if (IsTooLong) _begun.Clear();
            else _begun.Append(part);
            if (length < 0) continue;
            line = IsTooLong ? [] : _begun.ToString().AsSpan().Trim();
            return true;
        }
    }

    public void Dispose() => _reader.Dispose();
}
