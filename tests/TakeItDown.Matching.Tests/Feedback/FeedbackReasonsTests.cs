using System.Text;
using TakeItDown.Matching.Registries;
using TakeItDown.Matching.Registries.Ncmec;
using TakeItDown.Matching.Tests.Registries;
using TakeItDown.Matching.Tests.Registries.Ncmec;
using static TakeItDown.Matching.Tests.Registries.Answers;

namespace TakeItDown.Matching.Tests.Feedback;

/// <summary>The reasons that a reviewer may choose from: read once an hour, and never trusted.</summary>
public sealed class FeedbackReasonsTests : IAsyncLifetime
{
    private FakeRegistry _registry = null!;
    private FeedbackHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _registry = await FakeRegistry.StartAsync(new SwiftTime());
        _host = new FeedbackHost(_registry);
    }

    public async ValueTask DisposeAsync()
    {
        _host.Dispose();
        await _registry.DisposeAsync();
    }

    [Fact]
    public async Task Reasons_are_read_for_a_kind_and_known_for_an_hour()
    {
        for (var i = 0; i < 3; i++) Assert.Equal([new FeedbackReason("a-reason", "Another picture")], await ReadAsync());
        Assert.Equal(["/npo/v2/feedback/MD5/reasons"], _registry.Requests);
        await ReadAsync(HashKind.Pdq);
        Assert.Equal("/npo/v2/feedback/PDQ/reasons", _registry.Requests.Last());

        _host.Time.Advance(TimeSpan.FromMinutes(61));
        _registry.Reasons = Document("<reason guid='b' name='B'/>");
        Assert.Equal([new FeedbackReason("b", "B")], await ReadAsync());
    }

    [Fact]
    public async Task Reasons_from_before_serve_while_the_registry_is_away()
    {
        _registry.Fault = context => Task.FromResult(true);
        await Assert.ThrowsAsync<ListSourceException>(() => ReadAsync());
        _registry.Fault = null;
        await ReadAsync();
        _host.Time.Advance(TimeSpan.FromDays(1));
        _registry.Fault = Always(context => Status(context, 503));
        Assert.Single(await ReadAsync());
        Assert.Contains(_host.Logs.GetSnapshot(), record => record.Id.Id == 123);
    }

    [Fact]
    public void A_malformed_reason_is_left_out()
    {
        var reasons = Parse(Document($"""
            <reason guid=" a " name=" A &amp; B " type="Md5"/><reason name="no id"/><reason guid="b"/><reason guid="" name="x"/><reason guid="a b" name="x"/>
            <reason guid="{new string('a', 65)}" name="x"/><reason guid="c" name="{new string('x', 257)}"/><x:reason xmlns:x="urn:else" guid="d" name="D"/>
            <other guid="e" name="E"/><reason guid="f" name="F"><reason guid="g" name="G"/></reason>
            """));
        Assert.Equal([new FeedbackReason("a", "A & B"), new FeedbackReason("f", "F")], reasons);
    }

    [Fact]
    public void Reasons_one_level_down_are_read_as_well()
    {
        var reasons = Document("<reason guid='a' name='A'/><reason guid='b' name='B'/>");
        var below = $"<feedback xmlns=\"{FakeRegistry.Namespace}\"><note/>{reasons}<reason guid='c' name='C'/></feedback>";
        Assert.Equal(["a", "b"], Parse(below).Select(reason => reason.Id));
        Assert.Empty(Parse($"<feedback xmlns=\"{FakeRegistry.Namespace}\">{Document("")}</feedback>"));
        Assert.Throws<RegistryFormatException>(() => Parse($"<feedback xmlns=\"{FakeRegistry.Namespace}\"><x>{reasons}</x></feedback>"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no xml")]
    [InlineData("<availableFeedbackReasons/>")]
    [InlineData("DTD")]
    [InlineData("cut off")]
    [InlineData("deep")]
    [InlineData("many")]
    [InlineData("long")]
    public async Task A_hostile_document_is_refused_as_a_whole(string document)
    {
        document = document switch
        {
            "DTD" => "<!DOCTYPE a [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>" + Document("<reason guid='a' name='&b;'/>"),
            "cut off" => Document("<reason guid='a' name='A'/>")[..^5],
            "deep" => Document(string.Concat(Enumerable.Repeat("<a>", 50)) + string.Concat(Enumerable.Repeat("</a>", 50))),
            "many" => Document(string.Concat(Enumerable.Range(0, 257).Select(number => $"<reason guid='{number}' name='x'/>"))),
            "long" => Document(new string(' ', 1 << 20)),
            _ => document,
        };
        Assert.Throws<RegistryFormatException>(() => Parse(document));

        _registry.Reasons = document;
        var error = await Assert.ThrowsAsync<ListSourceException>(() => ReadAsync());
        Assert.StartsWith("The feedback reasons of the registry 'test' could not be read: its answer is malformed", error.Message, StringComparison.Ordinal);
    }

    private Task<IReadOnlyList<FeedbackReason>> ReadAsync(HashKind kind = HashKind.Md5) => _host.Feedback.GetReasonsAsync("test", kind, TestContext.Current.CancellationToken);

    private static string Document(string content) => $"<availableFeedbackReasons xmlns=\"{FakeRegistry.Namespace}\">{content}</availableFeedbackReasons>";

    private static IReadOnlyList<FeedbackReason> Parse(string document) => NcmecFeedback.ReadReasons(Encoding.UTF8.GetBytes(document));
}
