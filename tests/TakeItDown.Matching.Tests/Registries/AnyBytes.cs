using System.Text;
using FsCheck;
using FsCheck.Fluent;
using TakeItDown.Matching.Registries;

namespace TakeItDown.Matching.Tests.Registries;

/// <summary>Whatever bytes a registry sends, a parser gives a page or fails in the one way that may be.</summary>
internal static class AnyBytes
{
    public static void AreHandled(byte[] document, Action<byte[]> parse)
    {
        try
        {
            parse(document);
        }
        catch (RegistryFormatException)
        {
            // The one failure that may be.
        }
    }

    /// <summary>Tries noise, and a sound document with bytes overwritten, noise put in, and a part left out or repeated.</summary>
    public static void AroundAreHandled(string sound, Action<byte[]> parse)
    {
        var document = Encoding.UTF8.GetBytes(sound);
        var noise = Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf();
        var mutated =
            from changes in Gen.Choose(0, document.Length - 1).Two().ArrayOf()
            from added in Gen.OneOf(noise, noise.Resize(12))
            from until in Gen.Choose(0, document.Length)
            from next in Gen.Choose(0, document.Length)
            select Mutate(document, changes, added, until, next);

        Prop.ForAll(Arb.From(Gen.Frequency((1, noise), (9, mutated))), bytes => AreHandled(bytes, parse)).Check(Config.QuickThrowOnFailure.WithMaxTest(5000));
    }

    private static byte[] Mutate(byte[] document, (int Place, int Source)[] changes, byte[] added, int until, int next)
    {
        var bytes = document.ToArray();
        foreach (var (place, source) in changes) bytes[place] = bytes[source];
        return [.. bytes[..until], .. added, .. bytes[next..]];
    }
}
