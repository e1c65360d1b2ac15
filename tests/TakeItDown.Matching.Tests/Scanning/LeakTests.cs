using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace TakeItDown.Matching.Tests.Scanning;

/// <summary>No hash, file name or secret reaches a log, a metric, an activity, an exception or a text form.</summary>
public class LeakTests
{
    private const string FileName = "somebody's-holiday-4711.jpg";
    private const string Password = "hunter2-and-a-half";

    [Fact]
    public async Task Nothing_that_a_scan_says_gives_content_away()
    {
        var said = new ConcurrentQueue<string>();
        using var activities = Listen(said);
        using var metrics = Measure(said);
        var uploads = Directory.GetFiles(TestData.Fixture("images/bad"))
            .Concat(["landscape.jpg", "landscape.png", "fractal.jpg", "blank.jpg", "animated.gif"])
            .Select(name => File.ReadAllBytes(Path.Combine(TestData.Fixture("images"), name))).ToArray();
        var listed = Fixtures.Read("landscape.jpg");

        await using var host = await ScanHost.StartAsync(
            options => options.BufferBytes = 4096, builder => builder.AddImageDecoder<QuotingDecoder>(),
            new FixedList("test", Fixtures.Pdq("landscape.jpg"), Fixtures.Digest(HashKind.Md5, listed), Fixtures.Far));
        var path = Path.Combine(Directory.CreateTempSubdirectory("takeitdown-leak-").FullName, FileName);
        foreach (var upload in uploads)
        {
            await File.WriteAllBytesAsync(path, upload, TestContext.Current.CancellationToken);
            await using var file = File.OpenRead(path);
            var result = await host.ScanAsync(file, new ScanOptions { StopAtFirstMatch = false });
            Say(said, result);
            foreach (var match in result.Matches) Say(said, match);
        }
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        foreach (var record in host.Logs.GetSnapshot())
        {
            said.Enqueue($"{record.Message} {record.Exception}");
            foreach (var pair in record.StructuredState ?? []) said.Enqueue($"{pair.Key}={pair.Value}");
        }
        Say(said, host.Get<IListManager>().Lists[0]);

        Assert.NotEmpty(host.Logs.GetSnapshot());
        string[] secrets = [FileName, .. await HexAsync(host, uploads), Fixtures.Far.ToHexString()];
        Assert.All(secrets, secret => Assert.DoesNotContain(said, text => text.Contains(secret, StringComparison.OrdinalIgnoreCase)));
    }

    public static TheoryData<Type> PublicTypes =>
    [
        .. typeof(IContentScanner).Assembly.GetExportedTypes().Concat(typeof(PdqHasher).Assembly.GetExportedTypes())
            .Where(type => !type.IsInterface && !type.IsEnum && !type.IsGenericTypeDefinition && !(type.IsAbstract && type.IsSealed) && !type.IsByRefLike),
    ];

    [Theory]
    [MemberData(nameof(PublicTypes))]
    public void The_text_form_of_no_public_type_holds_a_hash_or_a_secret(Type type)
    {
        var sample = Sample(type, depth: 0);
        Assert.NotNull(sample);
        var text = sample.ToString()!;
        Assert.DoesNotContain(SampleHash.ToHexString(), text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(SamplePdq.ToHexString(), text, StringComparison.OrdinalIgnoreCase);
        foreach (var display in type.GetCustomAttributes<DebuggerDisplayAttribute>()) Assert.DoesNotContain("Hex", display.Value, StringComparison.Ordinal);
        if (type == typeof(NcmecRegistryOptions)) Assert.DoesNotContain(Password, text, StringComparison.Ordinal);
    }

    private static readonly HashValue SampleHash = Fixtures.Digest(HashKind.Sha256, [1, 2, 3]);
    private static readonly PdqHash SamplePdq = new(0x1111222233334444, 0x5555666677778888, 0x9999AAAABBBBCCCC, 0xDDDDEEEEFFFF0000);

    /// <summary>An instance with every property set to something that gives itself away where it is printed.</summary>
    private static object? Sample(Type type, int depth)
    {
        if (type == typeof(string)) return Password;
        if (type == typeof(Uri)) return new Uri("https://registry.example/");
        if (type == typeof(HashValue)) return SampleHash;
        if (type == typeof(PdqHash)) return SamplePdq;
        if (type == typeof(HashValue[]) || type == typeof(IReadOnlyList<HashValue>)) return new[] { SampleHash };
        if (type == typeof(IReadOnlyList<PdqHash>)) return new[] { SamplePdq };
        if (Nullable.GetUnderlyingType(type) is { } inner) return Sample(inner, depth);
        if (type.IsGenericType || type.IsInterface || type.IsArray || depth > 3) return null;
        if (type.Assembly == typeof(object).Assembly || type.IsEnum) return type.IsValueType ? Activator.CreateInstance(type) : null;
        // SqliteListStore and their like live elsewhere; here every type has a constructor for values, or none.
        var constructor = type.GetConstructors().OrderByDescending(candidate => candidate.GetParameters().Length).FirstOrDefault();
        var sample = constructor is null
            ? Activator.CreateInstance(type)!
            : constructor.Invoke([.. constructor.GetParameters().Select(parameter => Sample(parameter.ParameterType, depth + 1))]);
        foreach (var property in type.GetProperties(BindingFlags.Instance | BindingFlags.Public).Where(property => property.SetMethod?.IsPublic == true))
        {
            if (Sample(property.PropertyType, depth + 1) is { } value) property.SetValue(sample, value);
        }
        return sample;
    }

    private static async Task<IEnumerable<string>> HexAsync(ScanHost host, byte[][] uploads)
    {
        var hex = new List<string>();
        foreach (var upload in uploads)
        {
            var hashes = await host.Hasher.HashAsync(new MemoryStream(upload), TestContext.Current.CancellationToken);
            hex.AddRange(hashes.Digests.Select(digest => digest.ToHexString()));
            hex.AddRange(hashes.Dihedral.Where(hash => hash != default).Select(hash => hash.ToHexString()));
        }
        return hex;
    }

    private static void Say(ConcurrentQueue<string> said, object value) => said.Enqueue(value.ToString()!);

    private static ActivityListener Listen(ConcurrentQueue<string> said)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = static _ => true,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                said.Enqueue($"{activity.DisplayName} {activity.StatusDescription}");
                foreach (var tag in activity.TagObjects) said.Enqueue($"{tag.Key}={tag.Value}");
            },
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private static MeterListener Measure(ConcurrentQueue<string> said)
    {
        var listener = new MeterListener { InstrumentPublished = static (instrument, self) => self.EnableMeasurementEvents(instrument) };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) => Take(tags));
        listener.SetMeasurementEventCallback<int>((_, _, tags, _) => Take(tags));
        listener.SetMeasurementEventCallback<double>((_, _, tags, _) => Take(tags));
        listener.Start();
        return listener;

        void Take(ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            foreach (var tag in tags) said.Enqueue($"{tag.Key}={tag.Value}");
        }
    }

    /// <summary>Quotes what it was given, as decoders do, in an exception.</summary>
    private sealed class QuotingDecoder : IImageDecoder
    {
        public string Name => "quoting";

        public DecoderAvailability Availability => new(true, "");

        public bool CanDecode(ImageFormat format) => format == ImageFormat.Png;

        public DecodeResult Decode(ReadOnlySpan<byte> content, ImageFormat format, IPictureSink sink, CancellationToken cancellationToken) =>
            throw new InvalidDataException(Fixtures.Digest(HashKind.Md5, content.ToArray()).ToHexString() + FileName);
    }
}
