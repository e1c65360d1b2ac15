using System.Diagnostics;
using System.Net.Sockets;
using TakeItDown.Matching.Tests;
using static TakeItDown.Matching.EndToEnd.Tests.Tool.HashTests;

namespace TakeItDown.Matching.EndToEnd.Tests.Tool;

/// <summary>What a folder may hold beside files, and names that are no text.</summary>
public sealed class OddFilesTests
{
    private const string NotRegular = "It is not a regular file.", NotUtf8 = "Its name is not UTF-8, so that it cannot be opened here. Rename it.";

    [Theory]
    [InlineData("scan", "folder")]
    [InlineData("hash", "folder")]
    [InlineData("scan", "-")]
    [InlineData("hash", "-")]
    public async Task Nothing_waits_for_a_pipe_or_a_socket_in_a_folder(string verb, string from)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there are no such files");
        using var files = new ScratchFolder();
        var folder = Path.GetDirectoryName(files.Write("folder/a.txt", "a file"))!;
        var pipe = Path.Combine(folder, "pipe");
        await MakePipeAsync(pipe);
        File.CreateSymbolicLink(Path.Combine(folder, "pipe-link"), pipe);
        File.CreateSymbolicLink(Path.Combine(folder, "device"), "/dev/zero");
        File.CreateSymbolicLink(Path.Combine(folder, "dangling"), Path.Combine(folder, "nowhere"));
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(Path.Combine(folder, "socket")));
        files.Write("folder/empty.txt", "");
        var list = files.Write("list.txt", "md5,d41d8cd98f00b204e9800998ecf8427f,other");

        using var process = ToolProcess.Start(password: null, "dotnet", [ToolProcess.Dll, verb, from == "-" ? "-" : folder, .. verb == "scan" ? (string[])["--list", list] : []]);
        if (from == "-") foreach (var path in Directory.GetFileSystemEntries(folder).Order(StringComparer.Ordinal)) await process.StandardInput.WriteLineAsync(path);
        process.StandardInput.Close();
        var run = await EndOrKillAsync(process);

        Assert.Equal(1, run.ExitCode);
        Assert.Equal(["a.txt", "dangling", "device", "empty.txt", "pipe", "pipe-link", "socket"], run.Lines.Select(line => Path.GetFileName(Text(line, "path"))));
        var field = verb == "scan" ? "reason" : "error";
        Assert.Equal(
            ["There is no such file.", NotRegular, "The content is empty.", NotRegular, NotRegular, NotRegular],
            run.Lines[1..].Select(line => Text(line, field)));
        if (verb == "scan") Assert.All(run.Lines[1..], line => Assert.Equal("notScannable", Text(line, "verdict")));
    }

    [Fact]
    public async Task A_pipe_that_is_named_is_read()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there are no such files");
        using var files = new ScratchFolder();
        var pipe = files.PathOf("pipe");
        await MakePipeAsync(pipe);
        using var process = ToolProcess.Start(password: null, "dotnet", ToolProcess.Dll, "hash", pipe);
        using var writer = ToolProcess.Start(password: null, "cp", TestData.Fixture("images/tiny.jpg"), pipe);
        var run = await EndOrKillAsync(process);
        Assert.Equal((0, "image"), (run.ExitCode, Text(Assert.Single(run.Lines), "kind")));
        await writer.WaitForExitAsync();
    }

    [Fact]
    public async Task A_name_that_is_not_UTF_8_is_called_so()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "file systems elsewhere hold text only");
        using var files = new ScratchFolder();
        await ShellAsync("printf x > \"$1/$(printf 'a\\377.jpg')\"; mkdir \"$1/$(printf 'b\\377')\"", files.Path);
        var run = await ToolProcess.RunAsync("hash", files.Path);
        // .NET cannot delete them either.
        await ShellAsync("rm -r \"$1\"/*", files.Path);
        Assert.Equal((1, 2), (run.ExitCode, run.Lines.Count));
        Assert.All(run.Lines, line => Assert.Equal(NotUtf8, Text(line, "error")));
    }

    private static Task MakePipeAsync(string path) => ShellAsync("mkfifo \"$1\"", path);

    private static async Task ShellAsync(string script, string argument)
    {
        using var shell = ToolProcess.Start(password: null, "sh", "-c", script, "sh", argument);
        Assert.Equal(0, (await ToolProcess.EndAsync(shell)).ExitCode);
    }

    /// <summary>A tool that waits for ever is ended, and the test fails by what it wrote.</summary>
    private static async Task<ToolRun> EndOrKillAsync(Process process)
    {
        var end = ToolProcess.EndAsync(process);
        if (await Task.WhenAny(end, Task.Delay(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken)) != end) process.Kill();
        return await end;
    }
}
