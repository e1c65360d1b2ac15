using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using static TakeItDown.Matching.EndToEnd.Tests.Registry.RegistryHost;

namespace TakeItDown.Matching.EndToEnd.Tests.Registry;

public sealed class PrivacyTests
{
    [Fact]
    public async Task Neither_files_nor_logs_hold_who_submitted_or_what_withdraws()
    {
        await using var registry = await StartAsync();
        registry.Http.DefaultRequestHeaders.Add("User-Agent", "SomeonesPhone/1.0");
        var (number, secret) = await registry.SubmitAsync(Samples.ImageJson("picture"));
        (await registry.CaseAsync(HttpMethod.Get, number, secret)).Dispose();
        (await registry.CaseAsync(HttpMethod.Delete, number, "wrong")).Dispose();
        (await registry.Http.GetAsync($"/api/unknown/{number}")).Dispose();
        registry.Faults.Add((_, _) => throw new InvalidOperationException("a failure of the server"), call: "/api/submissions");
        using var failed = await registry.Http.PostAsync("/api/submissions", Json(Samples.ImageJson("picture")));
        await registry.EntriesAsync();

        Assert.Equal(HttpStatusCode.InternalServerError, failed.StatusCode);
        var logs = string.Join('\n', registry.Logs);
        Assert.Contains("a failure of the server", logs);
        foreach (var told in (string[])["SomeonesPhone", secret, secret.Replace("-", ""), "platform password"])
        {
            Assert.False(FileBytes.Hold(registry.Folder, Encoding.UTF8.GetBytes(told)));
            Assert.DoesNotContain(told, logs);
        }
        var listening = registry.Http.BaseAddress!.Authority;
        Assert.DoesNotContain("127.0.0.1", logs.Replace(listening, ""));
        Assert.False(FileBytes.Hold(registry.Folder, "127.0.0.1"u8));
        Assert.DoesNotContain(number, logs);
        Assert.All(Samples.Hashes("picture"), hash => Assert.DoesNotContain(hash.ToHexString(), logs));
    }

    [Fact]
    public async Task The_database_is_its_owners_alone()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("files have other permissions on Windows");
            return;
        }
        await using var registry = await StartAsync();
        await registry.SubmitAsync(Samples.ImageJson("picture"));
        var files = Directory.GetFiles(registry.Folder, "registry.db*");
        Assert.Contains(files, file => file.EndsWith("-wal", StringComparison.Ordinal));
        foreach (var file in files) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public async Task A_case_has_no_more_columns_than_it_needs()
    {
        await using var registry = await StartAsync();
        await using var database = new SqliteConnection($"Data Source={Path.Combine(registry.Folder, "registry.db")};Mode=ReadOnly;Pooling=False");
        await database.OpenAsync();
        await using var command = database.CreateCommand();
        command.CommandText = "SELECT group_concat(name, ' ') FROM pragma_table_info('cases')";
        Assert.Equal("number secret_digest submitted withdrawn sealed", await command.ExecuteScalarAsync());
    }

    [Theory]
    [InlineData("/", 200)]
    [InlineData("/plain.js", 200)]
    [InlineData("/unknown", 404)]
    [InlineData("/api/submissions/0000-0000-0000", 404)]
    [InlineData("/api/submissions", 405)]
    [InlineData("/npo/v2/entries", 401)]
    [InlineData("/failing", 500)]
    public async Task Every_answer_has_the_security_headers(string path, int status)
    {
        await using var registry = await StartAsync();
        registry.Faults.Add((_, _) => throw new InvalidOperationException("a failure of the server"), call: "/failing");
        using var response = await registry.Http.GetAsync(path);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(
            "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; img-src 'self' blob:; media-src 'self' blob:; "
            + "connect-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'", Header("Content-Security-Policy"));
        Assert.Equal("no-referrer", Header("Referrer-Policy"));
        Assert.Equal("nosniff", Header("X-Content-Type-Options"));
        Assert.Equal("same-origin", Header("Cross-Origin-Opener-Policy"));
        Assert.Equal("require-corp", Header("Cross-Origin-Embedder-Policy"));
        Assert.Equal("same-origin", Header("Cross-Origin-Resource-Policy"));
        Assert.Equal(Start, response.Headers.Date);
        Assert.False(response.Headers.Contains("Server"));
        Assert.False(response.Headers.Contains("Set-Cookie"));
        Assert.True(response.Headers.CacheControl!.NoStore);

        string Header(string name) => response.Headers.GetValues(name).Single();
    }
}

/// <summary>Keeps every line that is logged.</summary>
internal sealed class LogCollector(ConcurrentQueue<string> lines) : ILoggerProvider, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        lines.Enqueue($"{logLevel} {formatter(state, exception)} {exception}");

    public void Dispose()
    {
    }
}
