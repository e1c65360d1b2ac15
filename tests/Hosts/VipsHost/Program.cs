using Microsoft.Extensions.DependencyInjection;
using TakeItDown.Matching;

// Says what each decoder is, then hashes files: VipsHost automatic|system|application FILE...
var services = new ServiceCollection();
services.AddLogging();
services.AddTakeItDownMatching(options => options.Decoding.Libvips = Enum.Parse<LibvipsSource>(args[0], ignoreCase: true));
await using var provider = services.BuildServiceProvider();
foreach (var decoder in provider.GetServices<IImageDecoder>()) Console.WriteLine($"{decoder.Name}: {decoder.Availability.IsAvailable} {decoder.Availability.Detail}");

var hasher = provider.GetRequiredService<IContentHasher>();
foreach (var path in args.Skip(1))
{
    await using var file = File.OpenRead(path);
    var hashes = await hasher.HashAsync(file);
    Console.WriteLine($"{Path.GetFileName(path)}: {hashes.Reason} {hashes.Pdq?.Hash.ToHexString()}");
}
