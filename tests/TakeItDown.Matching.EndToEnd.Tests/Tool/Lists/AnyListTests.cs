using FsCheck;
using FsCheck.Fluent;
using TakeItDown.Matching.Registries.HashFiles;

namespace TakeItDown.Matching.EndToEnd.Tests.Tool.Lists;

/// <summary>Whatever bytes a list file holds, it is read or refused in the one way that may be.</summary>
public sealed class AnyListTests
{
    public static TheoryData<string> Files => [.. Directory.GetFiles(ListFormatTests.Fixture("")).Select(path => Path.GetFileName(path))];

    [Theory]
    [MemberData(nameof(Files))]
    public void No_bytes_around_a_sound_file_throw(string file)
    {
        var sound = File.ReadAllBytes(ListFormatTests.Fixture(file));
        var noise = Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf();
        var mutated =
            from changes in Gen.Choose(0, sound.Length - 1).Two().ArrayOf()
            from added in Gen.OneOf(noise, Gen.Elements("\"", ",", "\n", "{", "[", "\\", "\0", "\\u{D800}", "%%%% size,md5,filename\n").Select(System.Text.Encoding.UTF8.GetBytes))
            from until in Gen.Choose(0, sound.Length)
            from next in Gen.Choose(0, sound.Length)
            select Mutate(sound, changes, added, until, next);
        Prop.ForAll(Arb.From(Gen.Frequency((1, noise), (9, mutated))), bytes => IsHandled(bytes)).Check(Config.QuickThrowOnFailure.WithMaxTest(200));
    }

    private static void IsHandled(byte[] bytes)
    {
        foreach (var kind in (HashKind[])[HashKind.None, HashKind.Pdq])
        {
            foreach (var format in (ListFormat?[])[null, .. ListFormat.Table])
            {
                try
                {
                    var reading = ListFile.Read(new MemoryStream(bytes), format, kind, CancellationToken.None);
                    Assert.Equal(reading.Entries.IsEmpty, reading.Entries.Build("file").Count == 0);
                }
                catch (ListFormatException refused)
                {
                    Assert.DoesNotMatch("[0-9a-fA-F]{16}", refused.Message);
                }
            }
        }
    }

    private static byte[] Mutate(byte[] sound, (int Place, int Source)[] changes, byte[] added, int until, int next)
    {
        var bytes = sound.ToArray();
        foreach (var (place, source) in changes) bytes[place] = bytes[source];
        return [.. bytes[..until], .. added, .. bytes[next..]];
    }
}
