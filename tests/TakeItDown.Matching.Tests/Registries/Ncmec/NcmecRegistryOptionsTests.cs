using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TakeItDown.Matching.Registries.Ncmec;

namespace TakeItDown.Matching.Tests.Registries.Ncmec;

public sealed class NcmecRegistryOptionsTests
{
    [Theory]
    [InlineData("https://hashsharing.ncmec.org/npo")]
    [InlineData("https://hashsharing.ncmec.org/npo/")]
    [InlineData("http://localhost:5000")]
    [InlineData("http://127.0.0.1/npo")]
    [InlineData("http://[::1]/npo")]
    public void A_sound_root_is_accepted(string root) => Assert.Empty(Failures(options => options.Root = new Uri(root)));

    [Theory]
    [InlineData("http://hashsharing.ncmec.org/npo", "HTTPS")]
    [InlineData("ftp://localhost/npo", "HTTPS")]
    [InlineData("https://me:secret@hashsharing.ncmec.org/npo", "holds credentials")]
    [InlineData("https://hashsharing.ncmec.org/npo?x=secret", "query")]
    [InlineData("https://hashsharing.ncmec.org/npo#secret", "fragment")]
    [InlineData("npo", "https://")]
    public void An_unsound_root_is_refused_with_a_word_on_what_to_change(string root, string says)
    {
        var failure = Assert.Single(Failures(options => options.Root = new Uri(root, UriKind.RelativeOrAbsolute)));

        Assert.Contains(says, failure, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failure, StringComparison.Ordinal);
        Assert.StartsWith("Registry 'npo':", failure, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_other_setting_is_looked_at()
    {
        Assert.Contains("Root", Assert.Single(Failures(options => options.Root = null)), StringComparison.Ordinal);
        Assert.Contains("UserName", Assert.Single(Failures(options => options.UserName = " ")), StringComparison.Ordinal);
        Assert.Contains("UserName", Assert.Single(Failures(options => options.UserName = "a:b")), StringComparison.Ordinal);
        Assert.Contains("Password", Assert.Single(Failures(options => options.Password = "")), StringComparison.Ordinal);
        Assert.Contains("Password", Assert.Single(Failures(options => options.Password = "x\n")), StringComparison.Ordinal);
        Assert.Contains("empty id", Assert.Single(Failures(options => options.Members.Add(""))), StringComparison.Ordinal);
        Assert.Contains("\"*\" beside ids", Assert.Single(Failures(options => options.Members.Add("*"))), StringComparison.Ordinal);
        Assert.Contains("Members is missing", Assert.Single(Failures(options => options.Members.Clear())), StringComparison.Ordinal);
        Assert.Empty(Failures(options => options.Members[0] = " * "));
        Assert.Contains("Kinds", Assert.Single(Failures(options => options.Kinds = HashKinds.None)), StringComparison.Ordinal);
        Assert.Contains("Kinds", Assert.Single(Failures(options => options.Kinds = (HashKinds)1024)), StringComparison.Ordinal);
    }

    [Fact]
    public void The_options_text_reveals_nothing()
    {
        var options = new NcmecRegistryOptions { Root = new Uri("https://a.example"), UserName = "b", Password = "c" };

        Assert.Equal("NcmecRegistryOptions", options.ToString());
    }

    [Fact]
    public void Unsound_options_are_found_when_the_host_starts()
    {
        using var host = new SyncHost(TimeProvider.System, builder => builder.AddNcmecRegistry("npo", options => options.UserName = "x"));

        var error = Assert.Throws<OptionsValidationException>(host.Get<IStartupValidator>().Validate);

        Assert.Equal(["Root", "Password", "Members"], error.Failures.Select(failure => failure["Registry 'npo': ".Length..].Split(' ')[0]));
    }

    [Theory]
    [InlineData("ncmec:Member:0", "42", "Member'")]
    [InlineData("ncmec:Memebrs:0", "42", "Memebrs'")]
    [InlineData("ncmec:Passwort", "correct horse", "Passwort'")]
    public void A_key_that_is_no_option_stops_the_host_at_its_start(string key, string value, string says)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ncmec:Root"] = "https://registry.example",
            ["ncmec:UserName"] = "platform",
            ["ncmec:password"] = "correct horse",
            ["ncmec:Members:0"] = "42",
            [key] = value,
        }).Build();
        using var host = new SyncHost(TimeProvider.System, builder => builder.AddNcmecRegistry("npo", configuration.GetSection("ncmec")));

        var error = Assert.Throws<OptionsValidationException>(host.Get<IStartupValidator>().Validate);

        var failure = Assert.Single(error.Failures);
        Assert.Contains($"the section 'ncmec' holds the key '{says}", failure, StringComparison.Ordinal);
        Assert.Contains("Root, UserName, Password, Members, Kinds", failure, StringComparison.Ordinal);
        Assert.DoesNotContain(value, failure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ncmec:Members", "*", "Registry 'npo': ncmec:Members is a single value where a list is needed: write \"Members\": [\"1\"] in JSON, or ncmec__Members__0=1 in the environment.")]
    [InlineData("ncmec:Kinds", "All", "Registry 'npo': ncmec:Members is missing or empty; set it to the ids of the members whose entries are kept, as `takeitdown members` shows them, or to [\"*\"]")]
    public void Members_that_are_no_list_are_told_from_missing_ones_and_named_by_their_key(string key, string value, string says)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ncmec:Root"] = "https://registry.example",
            ["ncmec:UserName"] = "platform",
            ["ncmec:Password"] = "correct horse",
            [key] = value,
        }).Build();
        using var host = new SyncHost(TimeProvider.System, builder => builder.AddNcmecRegistry("npo", configuration.GetSection("ncmec")));

        var error = Assert.Throws<OptionsValidationException>(host.Get<IStartupValidator>().Validate);

        Assert.StartsWith(says, Assert.Single(error.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public void An_address_is_followed_by_no_full_stop() =>
        Assert.All((Uri?[])[null, new Uri("npo", UriKind.Relative)], root => Assert.DoesNotMatch(@"/\S*\.(\s|$)", Assert.Single(Failures(options => options.Root = root))));

    [Fact]
    public void Every_option_is_known_as_a_key()
    {
        foreach (var (type, add) in new (Type, Action<IMatchingBuilder, IConfigurationSection>)[]
        {
            (typeof(NcmecRegistryOptions), (builder, section) => builder.AddNcmecRegistry("list", section)),
            (typeof(StopNciiOptions), (builder, section) => builder.AddStopNcii("list", section)),
        })
        {
            var keys = type.GetProperties().Select(property => property.Name).ToList();
            var configuration = new ConfigurationBuilder().AddInMemoryCollection(keys.Append("Other").Select(key => KeyValuePair.Create("s:" + key, (string?)null))).Build();
            using var host = new SyncHost(TimeProvider.System, builder => add(builder, configuration.GetSection("s")));

            var error = Assert.Throws<OptionsValidationException>(host.Get<IStartupValidator>().Validate);

            Assert.Contains($"one of {string.Join(", ", keys)}.", Assert.Single(error.Failures, failure => failure.Contains("no option", StringComparison.Ordinal)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_secret_in_the_wrong_place_is_not_told()
    {
        var time = new SwiftTime();
        await using var registry = await FakeRegistry.StartAsync(time);
        var configuration = Configuration(registry, kinds: "correct horse");
        using var host = new SyncHost(time, builder => builder.AddNcmecRegistry("test", configuration.GetSection("ncmec")));

        var result = await host.RefreshAsync();

        Assert.Contains("The options of the registry 'test' cannot be read", result.Error, StringComparison.Ordinal);
        Assert.All(host.Texts(), text => Assert.DoesNotContain("correct horse", text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_password_is_replaced_while_the_process_runs()
    {
        var time = new SwiftTime();
        await using var registry = await FakeRegistry.StartAsync(time);
        var configuration = Configuration(registry, kinds: "Md5, Pdq");
        using var host = new SyncHost(time, builder => builder.AddNcmecRegistry("test", configuration.GetSection("ncmec")));
        Assert.Null((await host.RefreshAsync()).Error);
        Assert.Equal("platform:old", registry.LastCredentials);
        var options = host.Get<IOptionsMonitor<NcmecRegistryOptions>>().Get("test");
        Assert.Equal((HashKinds.Md5 | HashKinds.Pdq, "42"), (options.Kinds, Assert.Single(options.Members)));
        registry.Requests.Clear();

        configuration["ncmec:Password"] = "new";
        configuration.Reload();
        Assert.Null((await host.RefreshAsync()).Error);

        Assert.Equal("platform:new", registry.LastCredentials);
        // Nothing else changed, and so the list is not read from its beginning.
        Assert.DoesNotContain("from=1970", Assert.Single(registry.Requests), StringComparison.Ordinal);

        configuration["ncmec:Password"] = "";
        Assert.Throws<AggregateException>(configuration.Reload);
        Assert.Contains("Password is empty", (await host.RefreshAsync()).Error, StringComparison.Ordinal);
    }

    private static IConfigurationRoot Configuration(FakeRegistry registry, string kinds) => new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
    {
        ["ncmec:Root"] = registry.Root.AbsoluteUri,
        ["ncmec:UserName"] = "platform",
        ["ncmec:Password"] = "old",
        ["ncmec:Members:0"] = "42",
        ["ncmec:Kinds"] = kinds,
    }).Build();

    private static IEnumerable<string> Failures(Action<NcmecRegistryOptions> change)
    {
        var options = new NcmecRegistryOptions { Root = new Uri("https://registry.example"), UserName = "x", Password = "y", Members = { "42" } };
        change(options);
        return new NcmecRegistryOptionsValidator().Validate("npo", options).Failures ?? [];
    }
}
