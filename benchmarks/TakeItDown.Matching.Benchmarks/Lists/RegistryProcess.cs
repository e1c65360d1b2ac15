using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace TakeItDown.Matching.Benchmarks.Lists;

/// <summary>The sample registry on loopback, as a process of its own, so that what it takes is not taken for the client's.</summary>
internal sealed class RegistryProcess : IDisposable
{
    private const string Address = "Now listening on: ";

    /// <summary>As the registry packs them: the byte of each HashKind, then the hash.</summary>
    private const string Hashes = "CAST(x'01' || randomblob(16) || x'04' || randomblob(32) AS BLOB)";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("takeitdown-registry-");
    private readonly Process _process;

    /// <summary>Starts it with so many pictures on its list, each with an MD5 digest and a PDQ hash, dated over the last year.</summary>
    public RegistryProcess(int entries, string user, string password)
    {
        string[] arguments =
        [
            Fixtures.PathInCheckout("reference", "Registry", "bin", "Release", "net10.0", "TakeItDown.Reference.Registry.dll"),
            "--urls", "http://127.0.0.1:0", "--contentRoot", _folder.FullName, "--Registry:Database", Database, "--Registry:Members:0:Id", "7",
            "--Registry:Members:0:Name", "Platform", "--Registry:Members:0:User", user, "--Registry:Members:0:Password", password,
        ];
        var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, UseShellExecute = false };
        // It would otherwise be told of every write to its folder.
        start.Environment["DOTNET_hostBuilder__reloadConfigOnChange"] = "false";
        _process = Process.Start(start)!;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Stop();
        string? line;
        do line = _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The registry did not start.");
        while (!line.Contains(Address, StringComparison.Ordinal));
        Root = new Uri(line[(line.IndexOf(Address, StringComparison.Ordinal) + Address.Length)..] + "/npo");
        // A full pipe would hold it up.
        _ = _process.StandardOutput.ReadToEndAsync();
        Execute($"""
            WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers LIMIT {entries})
            INSERT INTO entries (member, id, media, changed, classification, hashes)
            SELECT 7, printf('%08x-0000-4000-8000-%012x', n * 2654435761 % 4294967296, n), 1, unixepoch() - 60 - (n * 7919 % 31536000), 'A1', {Hashes}
            FROM numbers
            """);
    }

    public Uri Root { get; }

    private string Database => Path.Combine(_folder.FullName, "registry.db");

    /// <summary>Gives entries new hashes, as of a moment ago.</summary>
    public void Change(int entries) => Execute($"""
        UPDATE entries SET changed = unixepoch() - 10, hashes = {Hashes}
        WHERE sequence IN (SELECT sequence FROM entries ORDER BY random() LIMIT {entries})
        """);

    public void Dispose()
    {
        Stop();
        _folder.Delete(recursive: true);
    }

    private void Stop()
    {
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
    }

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 300;
        command.ExecuteNonQuery();
    }
}
