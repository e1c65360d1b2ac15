using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TakeItDown.Matching;
using TrimmedHost;

// Registers all that a platform registers, with options from configuration; reads a list, and scans each file that is named.
// TrimmedHost STORE FILE LISTED: the second file is on the list, by its hashes.
var (store, clean, listed) = (args[0], args[1], args[2]);

var builder = Host.CreateApplicationBuilder();
builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
{
    ["Matching:AllOrientations"] = "true",
    ["Matching:ReportOnly"] = "furtherpages, Turned",
    ["Matching:Decoding:MaximumPixels"] = "100000000",
    ["Matching:Video:MaximumTime"] = "00:05:00",
    ["Matching:Sync:RefreshInterval"] = "00:20:00",
    ["Sync:MaximumAge"] = "12:00:00",
    ["Lists:own:Mode"] = "enforce",
    ["Lists:own:SuppressedHashes:0"] = "md5:00112233445566778899aabbccddeeff",
    ["Lists:own:Suppressed:0:Member"] = "7",
    ["Lists:own:Suppressed:0:Id"] = "wrong",
    ["Registries:npo:Root"] = "http://127.0.0.1:9/npo",
    ["Registries:npo:UserName"] = "platform",
    ["Registries:npo:Password"] = "secret",
    ["Registries:npo:Members:0"] = "1234",
    ["Registries:adults:Root"] = "http://127.0.0.1:9/",
    ["Registries:adults:FunctionKey"] = "x",
    ["Registries:adults:SubscriptionKey"] = "y",
    ["Lists:npo:Enabled"] = "false",
    ["Lists:adults:TrafficShare"] = "0",
});
// Both registries are away, and the test reads the output. A level would not do: settings in the folder that it is started in may say another.
builder.Logging.ClearProviders();
builder.Services.AddTakeItDownMatching(builder.Configuration.GetSection("Matching"))
    .AddNcmecRegistry("npo", builder.Configuration.GetSection("Registries:npo"))
    .AddStopNcii("adults", builder.Configuration.GetSection("Registries:adults"))
    .AddImageDecoder<NoDecoder>()
    .UseSqliteStore(store)
    .ConfigureList("own", builder.Configuration.GetSection("Lists:own"))
    .ConfigureList("npo", builder.Configuration.GetSection("Lists:npo"))
    .ConfigureList("adults", builder.Configuration.GetSection("Lists:adults"));
builder.Services.Configure<SyncOptions>(builder.Configuration.GetSection("Sync"));
builder.Services.AddSingleton<IListSource>(provider => new OwnList(provider, listed));

using var host = builder.Build();
await host.StartAsync();
var scanner = host.Services.GetRequiredService<IContentScanner>();
await host.Services.GetRequiredService<IListManager>().RefreshAsync();
foreach (var path in (string[])[clean, listed])
{
    await using var file = File.OpenRead(path);
    var result = await scanner.ScanAsync(file, new ScanOptions { StopAtFirstMatch = false });
    Console.WriteLine($"{result} {string.Join(',', result.Matches.Select(match => match.Kind.ToName()))}");
}
var options = (host.Services.GetRequiredService<IOptions<MatchingOptions>>().Value, host.Services.GetRequiredService<IOptions<SyncOptions>>().Value);
Console.WriteLine($"{options.Item1.ReportOnly} {options.Item2.MaximumAge}");
Console.WriteLine($"{options.Item1.Decoding.MaximumPixels} {options.Item1.Video.MaximumTime} {options.Item2.RefreshInterval}");
Console.WriteLine(host.Services.GetRequiredService<IListFeedback>().Supports("npo", HashKind.Md5));
await host.StopAsync();
