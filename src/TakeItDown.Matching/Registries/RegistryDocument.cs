using System.Buffers;
using System.Text;

namespace TakeItDown.Matching.Registries;

/// <summary>
/// A document as it came, whole and in rented memory: a page is so large that memory of its own for each would have the garbage collector go
/// through everything for every page.
/// </summary>
internal sealed class RegistryDocument : IDisposable
{
    /// <summary>The longest document that is read, in bytes, as it is when it is no longer compressed. Pages seen have about 1 MB.</summary>
    public const int Limit = 64 << 20;

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(1 << 20);
    private int _length;

    private RegistryDocument() { }

    /// <summary>Reads a body to its end.</summary>
    /// <exception cref="RegistryRequestException">It is too long.</exception>
    /// <exception cref="RegistryFormatException">It cannot be decompressed.</exception>
    public static async Task<RegistryDocument> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        var document = new RegistryDocument();
        try
        {
            var body = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            await using var ending = body.ConfigureAwait(false);
            while (await body.ReadAsync(document.Room(), cancellationToken).ConfigureAwait(false) is > 0 and var read) document._length += read;
            return document;
        }
        catch (Exception e)
        {
            document.Dispose();
            // What decompression finds wrong.
            if (e is InvalidDataException or InvalidOperationException) throw new RegistryFormatException("its compression is spoilt", e);
            throw;
        }
    }

    public bool IsEmpty => _length == 0;

    /// <summary>Whether this is HTML, by its type or, where that says nothing, by how it begins.</summary>
    /// <param name="type">Its media type; null where it has none.</param>
    public bool IsPageForPeople(string? type) =>
        type?.Contains("html", StringComparison.OrdinalIgnoreCase) ?? Begins("<html"u8) || Begins("<!doctype html"u8);

    private bool Begins(ReadOnlySpan<byte> with)
    {
        var text = _bytes.AsSpan(0, _length).TrimStart(" \t\r\n"u8);
        return text.Length >= with.Length && Ascii.EqualsIgnoreCase(text[..with.Length], with);
    }

    /// <summary>The document, until this is disposed.</summary>
    public ArraySegment<byte> Bytes => new(_bytes, 0, _length);

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
    }

    private Memory<byte> Room()
    {
        if (_length > Limit) throw new RegistryRequestException($"its answer is longer than {Limit >> 20} MB");
        if (_length == _bytes.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(_length * 2);
            _bytes.CopyTo(larger, 0);
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = larger;
        }
        return _bytes.AsMemory(_length);
    }
}
