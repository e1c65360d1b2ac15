using Microsoft.Extensions.Logging;
using TakeItDown.Matching.Input;
using TakeItDown.Matching.Videos;
using TakeItDown.Matching.Videos.Ffmpeg;

namespace TakeItDown.Matching.Tests.Videos;

/// <summary>What an upload may not do to the machine.</summary>
public sealed class VideoHardeningTests : IDisposable
{
    private readonly VideoClips _clips;
    private readonly string _folder = Directory.CreateTempSubdirectory("takeitdown-hard-").FullName;

    public VideoHardeningTests(VideoClips clips)
    {
        VideoClips.Require();
        Assert.SkipUnless(OperatingSystem.IsLinux(), "limits and decoys are Linux's.");
        _clips = clips;
    }

    [Fact]
    public async Task No_content_makes_a_decoder_open_another_file()
    {
        // Who opens the decoy may wait there.
        await using var host = new VideoHost(options => options.Video.MaximumTime = TimeSpan.FromSeconds(10));
        var decoy = Path.Combine(_folder, "decoy.mp4");
        VideoClips.Run("mkfifo", [decoy]);
        // Opening a pipe to write waits for someone who reads.
        var opened = Task.Run(() => OpenDecoy(decoy, FileAccess.Write).Dispose(), TestContext.Current.CancellationToken);

        var playlist = $"#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nfile://{decoy}\n#EXT-X-ENDLIST\n";
        var concat = $"ffconcat version 1.0\nfile {decoy}\n";
        foreach (var text in new[] { playlist, concat })
        {
            var path = Path.Combine(_folder, "list.mp4");
            await File.WriteAllTextAsync(path, text, TestContext.Current.CancellationToken);
            Assert.Equal(ScanReason.UnknownFormat, (await host.ScanAsync(path)).Reason);
            // Dressed up, so that the first bytes are those of each container in turn.
            foreach (var head in new[] { "\0\0\0\u0018ftypisom", "\u001AE\u00DF\u00A3", "RIFF\0\0\0\0AVI ", "FLV\u0001", "OggS", "\0\0\u0001\u00BA", "\0\0\u0001\u00B3" })
            {
                await File.WriteAllBytesAsync(path, [.. head.Select(character => (byte)character), .. System.Text.Encoding.ASCII.GetBytes('\n' + text)], TestContext.Current.CancellationToken);
                var result = await host.ScanAsync(path);
                Assert.Equal((MediaKind.Video, Verdict.NotScannable), (result.Media, result.Verdict));
            }
        }
        foreach (var name in new[] { "playlist.mp4", "concat.mp4" })
            Assert.Equal(ScanReason.UnknownFormat, (await host.ScanAsync(TestData.Fixture($"images/bad/{name}"))).Reason);

        Assert.False(opened.IsCompleted);
        await using (OpenDecoy(decoy, FileAccess.Read)) await opened;
    }

    [Fact(Timeout = 60_000)]
    public async Task The_arguments_keep_every_demuxer_from_the_files_that_a_list_names()
    {
        var decoy = Path.Combine(_folder, "decoy.mp4");
        VideoClips.Run("mkfifo", [decoy]);
        var playlist = Path.Combine(_folder, "list.m3u8");
        var concat = Path.Combine(_folder, "list.ffconcat");
        await File.WriteAllTextAsync(playlist, "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\ndecoy.mp4\n#EXT-X-ENDLIST\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(concat, "ffconcat version 1.0\nfile decoy.mp4\n", TestContext.Current.CancellationToken);
        foreach (var list in new[] { playlist, concat })
        {
            // Without the arguments, ffmpeg does follow it: the list is what it is meant to be.
            var opened = Task.Run(() => OpenDecoy(decoy, FileAccess.Write).Dispose(), TestContext.Current.CancellationToken);
            using var follows = System.Diagnostics.Process.Start("ffprobe", ["-v", "quiet", list]);
            await opened.WaitAsync(TestContext.Current.CancellationToken);
            await follows.WaitForExitAsync(TestContext.Current.CancellationToken);

            opened = Task.Run(() => OpenDecoy(decoy, FileAccess.Write).Dispose(), TestContext.Current.CancellationToken);
            var video = new VideoHeader(64, 64, 25, null, 1, HasOtherTracks: false);
            foreach (var demuxer in Enum.GetValues<VideoFormat>().Select(FfmpegArguments.Demuxer).OfType<string>())
            {
                var decode = FfmpegArguments.Decode(demuxer, list, video, FramePlans.For(video, new MatchingOptions()), 4096);
                foreach (var (program, arguments) in new[] { ("ffprobe", FfmpegArguments.Probe(demuxer, list)), ("ffmpeg", decode) })
                {
                    await using var child = await ChildProcess.StartAsync(
                        VideoClips.Find(program)!, arguments, new ChildLimits(TimeSpan.FromSeconds(10)), TestContext.Current.CancellationToken);
                    await child.Output.CopyToAsync(Stream.Null, TestContext.Current.CancellationToken);
                    await child.SucceedsAsync(TestContext.Current.CancellationToken);
                }
            }
            Assert.False(opened.IsCompleted);
            await using (OpenDecoy(decoy, FileAccess.Read)) await opened;
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task Nothing_but_local_files_can_be_opened()
    {
        using var server = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        server.Start();
        var address = $"{server.LocalEndpoint}/clip.mp4";
        // Without the arguments, ffprobe does go there.
        using (var follows = System.Diagnostics.Process.Start("ffprobe", ["-v", "quiet", "-f", "mov", $"http://{address}"]))
        {
            (await server.AcceptTcpClientAsync(TestContext.Current.CancellationToken)).Dispose();
            await follows.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        var video = new VideoHeader(64, 64, 25, null, 1, HasOtherTracks: false);
        foreach (var demuxer in Enum.GetValues<VideoFormat>().Select(FfmpegArguments.Demuxer).OfType<string>())
        {
            var decode = FfmpegArguments.Decode(demuxer, "clip", video, FramePlans.For(video, new MatchingOptions()), 4096);
            foreach (var (program, arguments) in new[] { ("ffprobe", FfmpegArguments.Probe(demuxer, "clip")), ("ffmpeg", decode) })
            {
                // Whichever others would be of no use without a third: the one that is allowed is the only one.
                Assert.Equal("file", arguments[arguments.IndexOf("-protocol_whitelist") + 1]);
                Assert.Single(arguments, argument => argument == "-protocol_whitelist");
                foreach (var scheme in new[] { "http://", "tcp://", "ftp://" })
                {
                    arguments[arguments.IndexOf("-i") + 1] = scheme + address;
                    await using var child = await ChildProcess.StartAsync(
                        VideoClips.Find(program)!, arguments, new ChildLimits(TimeSpan.FromSeconds(10)), TestContext.Current.CancellationToken);
                    await child.Output.CopyToAsync(Stream.Null, TestContext.Current.CancellationToken);
                    Assert.False(await child.SucceedsAsync(TestContext.Current.CancellationToken));
                }
            }
        }
        Assert.False(server.Pending());
    }

    [Fact]
    public async Task A_file_that_an_MP4_names_within_itself_is_not_opened()
    {
        // Who opens the decoy may wait there.
        await using var host = new VideoHost(options => options.Video.MaximumTime = TimeSpan.FromSeconds(10));
        var decoy = Path.Combine(_folder, "d");
        VideoClips.Run("mkfifo", [decoy]);
        var opened = Task.Run(() => OpenDecoy(decoy, FileAccess.Write).Dispose(), TestContext.Current.CancellationToken);
        var path = Path.Combine(_folder, "external.mov");
        await File.WriteAllBytesAsync(path, ExternalMovie.Make(await File.ReadAllBytesAsync(_clips.Make("index-last.mp4", ["-i", _clips.Flight, "-c", "copy"])), decoy));

        // Told to follow such references, ffmpeg does: the file is what it is meant to be.
        using (var follows = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(
            "ffprobe", ["-v", "quiet", "-f", "mov", "-enable_drefs", "1", "-use_absolute_path", "1", path]))!)
        {
            await opened.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
            await follows.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        opened = Task.Run(() => OpenDecoy(decoy, FileAccess.Write).Dispose(), TestContext.Current.CancellationToken);
        Assert.NotEqual(Verdict.Match, (await host.ScanAsync(path)).Verdict);
        Assert.False(opened.IsCompleted);
        await using (OpenDecoy(decoy, FileAccess.Read)) await opened;
    }

    [Fact]
    public async Task A_header_that_promises_too_much_is_refused()
    {
        await using var host = new VideoHost();
        var bytes = await File.ReadAllBytesAsync(_clips.Flight, TestContext.Current.CancellationToken);
        // The sample entry: an unknown codec, whose size nothing corrects, of 65535 x 65535.
        var entry = bytes.AsSpan().IndexOf("avc1mp41"u8) is var brand ? bytes.AsSpan(brand + 8).IndexOf("avc1"u8) + brand + 8 : 0;
        "zzzz"u8.CopyTo(bytes.AsSpan(entry));
        bytes.AsSpan(entry + 28, 4).Fill(0xFF);
        var path = Path.Combine(_folder, "huge.mp4");
        await File.WriteAllBytesAsync(path, bytes, TestContext.Current.CancellationToken);
        Assert.Equal(ScanReason.TooManyPixels, (await host.ScanAsync(path)).Reason);
    }

    [Fact]
    public async Task Frames_beyond_the_limit_are_not_looked_at()
    {
        await using var host = new VideoHost(options => options.Video.MaximumDuration = TimeSpan.FromSeconds(4));
        var hashes = await host.HashAsync(_clips.Flight);
        Assert.Equal((ScanReason.TooLong, 5), (hashes.Reason, hashes.Frames.Count));
    }

    [Theory(Timeout = 60_000)]
    [InlineData(":")]
    [InlineData("echo a line for nobody, and more of them than any pipe holds >&2")]
    public async Task A_decoder_that_spins_is_ended_with_all_it_started(string command)
    {
        await using var host = new VideoHost(options =>
        {
            options.FfmpegDirectory = MakeSpinning(command);
            options.Video.MaximumTime = TimeSpan.FromSeconds(2);
            options.Video.MaximumDecodes = 1;
        });
        // Two at once: the second waits for a turn that never comes.
        var first = host.ScanAsync(_clips.Flight);
        var second = host.ScanAsync(_clips.Flight);
        // Meanwhile pictures are served.
        Assert.Equal(Verdict.NoMatch, (await host.ScanAsync(TestData.Fixture("images/landscape.jpg"))).Verdict);
        Assert.Equal(ScanReason.TimedOut, (await first).Reason);
        Assert.Equal(ScanReason.TimedOut, (await second).Reason);
        await AreGoneAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_decoder_that_says_more_than_a_pipe_holds_before_a_frame_is_heard_out()
    {
        MakeSpinning();
        await using var host = new VideoHost(options => (options.FfmpegDirectory, options.Video.MaximumTime) = (_folder, TimeSpan.FromSeconds(20)));
        Write("ffmpeg", "head -c 200000 /dev/zero | tr '\\0' '\\n' >&2; echo pts_time:5 >&2; head -c 12288 /dev/zero");
        // Black, but seen.
        Assert.Equal(ScanReason.TooPlain, (await host.HashAsync(_clips.Flight)).Reason);
    }

    [Fact(Timeout = 60_000)]
    public async Task Twenty_uploads_at_once_take_turns()
    {
        // Under a path of this test's own, by which its processes are counted.
        foreach (var program in new[] { "ffmpeg", "ffprobe" }) File.CreateSymbolicLink(Path.Combine(_folder, program), VideoClips.Find(program)!);
        await using var host = new VideoHost(options => (options.FfmpegDirectory, options.Video.MaximumDecodes) = (_folder, 2));
        var clip = _clips.Make("brief.mp4", ["-i", _clips.Flight, "-t", "2", "-c", "copy"]);
        var scans = Task.WhenAll(Enumerable.Range(0, 20).Select(_ => host.ScanAsync(clip)));
        var most = 0;
        while (!scans.IsCompleted)
        {
            most = Math.Max(most, CountProcesses());
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
        Assert.All(await scans, result => Assert.Equal((Verdict.NoMatch, ScanReason.None), (result.Verdict, result.Reason)));
        Assert.InRange(most, 1, 2);
        await AreGoneAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_GIF_of_endless_tiny_frames_ends_early()
    {
        await using var host = new VideoHost();
        // One pixel for a tenth of a second, 200,000 times: five and a half hours.
        byte[] header = [.. "GIF89a"u8, 16, 0, 16, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255];
        byte[] frame = [0x21, 0xF9, 4, 4, 10, 0, 0, 0, 0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 0x01, 0];
        var path = Path.Combine(_folder, "endless.gif");
        await File.WriteAllBytesAsync(path, [.. header, .. Enumerable.Repeat(frame, 200_000).SelectMany(bytes => bytes), 0x3B], TestContext.Current.CancellationToken);
        Assert.Equal(ScanReason.TooManyFrames, (await host.ScanAsync(path)).Reason);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_caller_that_gives_up_leaves_nothing_behind()
    {
        await using var host = new VideoHost(options => options.FfmpegDirectory = MakeSpinning());
        using var giveUp = new CancellationTokenSource();
        await using var file = File.OpenRead(_clips.Flight);
        var scan = host.Get<IContentScanner>().ScanAsync(file, null, giveUp.Token).AsTask();
        // The decoder and what it started.
        while (CountProcesses() < 2) await Task.Delay(20, TestContext.Current.CancellationToken);
        await giveUp.CancelAsync();
        var thrown = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => scan);
        Assert.Equal(giveUp.Token, thrown.CancellationToken);
        await AreGoneAsync(TestContext.Current.CancellationToken);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_child_has_limits_and_no_environment()
    {
        // The limits are set from outside: it waits until the last one is there.
        const string Script = "env; until grep -q 'Max core file size *0 *0 ' /proc/$$/limits; do :; done; cat /proc/$$/limits; cat";
        await using var child = await ChildProcess.StartAsync("/bin/sh", ["-c", Script], new ChildLimits(TimeSpan.FromSeconds(90)), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(child.Output);
        var said = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.True(await child.SucceedsAsync(TestContext.Current.CancellationToken));
        // What a shell makes itself.
        var variables = said.Split('\n').Where(line => line.Contains('=')).Select(line => line.Split('=')[0]);
        Assert.Empty(variables.Except(["PWD", "OLDPWD", "SHLVL", "_"]));
        Assert.Matches("Max cpu time +90 +90 ", said);
        Assert.Matches("Max file size +0 +0 ", said);
        Assert.Matches("Max open files +32 +32 ", said);
        Assert.Matches("Max address space +2147483648 +2147483648 ", said);
    }

    [Fact]
    public async Task A_copy_for_a_child_is_private_and_goes_with_its_use()
    {
        string path;
        using (var shared = await SharedFile.CopyAsync(new MemoryStream([1, 2, 3]), _folder, TestContext.Current.CancellationToken))
        {
            path = shared.Path;
            Assert.Equal([1, 2, 3], await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken));
            if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }
        Assert.False(File.Exists(path));
    }

    [Fact]
    public async Task Without_ffmpeg_one_warning_is_given_and_digests_work()
    {
        await using var host = new VideoHost(options => options.FfmpegDirectory = _folder);
        var hashes = await host.HashAsync(_clips.Flight);
        Assert.Equal((ScanReason.NoDecoder, 3, 0), (hashes.Reason, hashes.Digests.Count, hashes.Frames.Count));
        Assert.Equal(ScanReason.NoDecoder, (await host.ScanAsync(_clips.Flight)).Reason);
        Assert.Single(host.Logs.GetSnapshot(), record => record.Level >= LogLevel.Warning && record.Message.Contains("ffmpeg", StringComparison.Ordinal));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static FileStream OpenDecoy(string path, FileAccess access) => new(path, FileMode.Open, access, FileShare.ReadWrite);

    /// <summary>Programs of the right names: one that promises a video, and one that starts another and never ends.</summary>
    private string MakeSpinning(string command = ":")
    {
        Write("ffprobe", "echo streams.stream.0.width=64; echo streams.stream.0.height=64");
        Write("child", "while :; do :; done");
        Write("ffmpeg", $"/bin/sh {_folder}/child & while :; do {command}; done");
        return _folder;
    }

    private void Write(string name, string script)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>A process that was killed is listed for a moment longer. One that was not is there until the test's time is over.</summary>
    private async Task AreGoneAsync(CancellationToken cancellationToken)
    {
        while (CountProcesses() > 0) await Task.Delay(20, cancellationToken);
    }

    private int CountProcesses() => ChildProcesses.Of(_folder).Length;
}
