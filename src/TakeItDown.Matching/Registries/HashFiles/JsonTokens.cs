using System.Text;
using System.Text.Json;

namespace TakeItDown.Matching.Registries.HashFiles;

/// <summary>Reads a JSON document token by token, in bounded memory: lists of millions of records have gigabytes.</summary>
/// <exception cref="JsonException">From every method: the document is malformed, or ends too early.</exception>
internal sealed class JsonTokens
{
    /// <summary>The longest token, in bytes: records may carry a small picture, in Base64.</summary>
    private const int TokenLimit = 16 << 20;

    /// <summary>The longest text that is kept; a longer one is none of ours.</summary>
    private const int TextLimit = 4096;

    /// <summary>Stands for what is neither a name nor a hash of ours.</summary>
    private const string Unusable = "\uFFFD";

    private readonly Stream _stream;
    private byte[] _buffer = new byte[1 << 16];
    private int _next, _end;
    private bool _isFinal;
    private JsonReaderState _state = new(new JsonReaderOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });

    public JsonTokens(Stream stream)
    {
        _stream = stream;
        Fill();
        if (_buffer.AsSpan(0, _end).StartsWith(Encoding.UTF8.Preamble)) _next = Encoding.UTF8.Preamble.Length;
    }

    public JsonTokenType Type { get; private set; }

    /// <summary>How many objects and arrays are around the token.</summary>
    public int Depth { get; private set; }

    /// <summary>A name, a text or a number; <see cref="Unusable"/> where it is overlong or no sound Unicode; empty for other tokens.</summary>
    public string Text { get; private set; } = "";

    /// <summary>Goes to the next token; false at the end of the document.</summary>
    public bool Read()
    {
        while (true)
        {
            var reader = new Utf8JsonReader(_buffer.AsSpan(_next, _end - _next), _isFinal, _state);
            if (reader.Read())
            {
                (Type, Depth, Text) = (reader.TokenType, reader.CurrentDepth, TextOf(ref reader));
                _state = reader.CurrentState;
                _next += (int)reader.BytesConsumed;
                return true;
            }
            _state = reader.CurrentState;
            _next += (int)reader.BytesConsumed;
            if (_isFinal) return false;
            Fill();
        }
    }

    /// <summary>Passes over the value of the name that was just read.</summary>
    public void Skip()
    {
        if (!Read() || Type is not (JsonTokenType.StartObject or JsonTokenType.StartArray)) return;
        var depth = Depth;
        while (Read() && Depth > depth) { }
    }

    /// <summary>
    /// Reads the value of the name that was just read: a text or a number, empty where it is null, and <see cref="Unusable"/> where it is something
    /// else, which is passed over.
    /// </summary>
    public string ReadText()
    {
        if (!Read() || Type == JsonTokenType.Null) return "";
        if (Type is JsonTokenType.String or JsonTokenType.Number) return Text.Trim();
        var depth = Depth;
        if (Type is JsonTokenType.StartObject or JsonTokenType.StartArray) while (Read() && Depth > depth) { }
        return Unusable;
    }

    private static string TextOf(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is not (JsonTokenType.PropertyName or JsonTokenType.String or JsonTokenType.Number)) return "";
        if (reader.ValueSpan.Length > TextLimit) return Unusable;
        if (reader.TokenType == JsonTokenType.Number) return Encoding.UTF8.GetString(reader.ValueSpan);
        try
        {
            return reader.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            return Unusable;
        }
    }

    private void Fill()
    {
        if (_next > 0)
        {
            _buffer.AsSpan(_next, _end - _next).CopyTo(_buffer);
            (_next, _end) = (0, _end - _next);
        }
        if (_end == _buffer.Length)
        {
            if (_end >= TokenLimit) throw new JsonException("A token is too long.");
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }
        var read = _stream.Read(_buffer.AsSpan(_end));
        _end += read;
        _isFinal = read == 0;
    }
}
