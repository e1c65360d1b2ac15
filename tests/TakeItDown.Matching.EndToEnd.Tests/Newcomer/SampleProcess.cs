extern alias ReferenceRegistry;

using System.Diagnostics;
using System.Net;
using System.Text;
using TakeItDown.Matching.EndToEnd.Tests.Registry;
using TakeItDown.Matching.Tests;
using RegistrySampleEntry = ReferenceRegistry::Registry.Storage.RegistryEntry;

namespace TakeItDown.Matching.EndToEnd.Tests.Newcomer;

/// <summary>A program as people run it: a process of its own, on a free loopback port, that reads its list from a registry.</summary>
internal sealed class SampleProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output;
    private readonly DirectoryInfo _folder;

    private SampleProcess(Process process, StringBuilder output, DirectoryInfo folder, Uri address)
    {
        (_process, _output, _folder) = (process, output, folder);
        Http = new HttpClient { BaseAddress = address };
    }

    public HttpClient Http { get; }

    /// <summary>Starts it, and waits until its list is complete.</summary>
    public static async Task<SampleProcess> StartAsync(string dll, RegistryHost registry, params string[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("takeitdown-sample-");
        string[] arguments =
        [
            dll, "--urls", "http://127.0.0.1:0", "--Registry:Root", new Uri(registry.Http.BaseAddress!, "npo").AbsoluteUri,
            "--Registry:UserName", "platform", "--Registry:Password", "platform password", "--Registry:Members:0", $"{RegistryHost.Other}", .. settings,
        ];
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder.FullName, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        var output = new StringBuilder();
        var listening = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.Exited += (_, _) => listening.TrySetException(new InvalidOperationException("It ended before it listened."));
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            var sample = new SampleProcess(process, output, folder, await listening.Task.WaitAsync(TimeSpan.FromMinutes(2)));
            await sample.BecomesHealthyAsync();
            return sample;
        }
        catch (Exception e)
        {
            process.Kill(entireProcessTree: true);
            lock (output) throw new InvalidOperationException($"{e.Message}\n{output}", e);
        }

        void Hear(string? line)
        {
            lock (output) output.AppendLine(line);
            const string Sign = "Now listening on: ";
            if (line?.IndexOf(Sign, StringComparison.Ordinal) is >= 0 and var at) listening.TrySetResult(new Uri(line[(at + Sign.Length)..].Trim()));
        }
    }

    /// <summary>A registry that lists a picture since a minute, by the clock that processes go by.</summary>
    public static async Task<RegistryHost> RegistryAsync(string fixture)
    {
        var registry = await RegistryHost.StartAsync();
        registry.Clock.Now = TimeProvider.System.GetUtcNow().AddMinutes(-1);
        registry.Store.Put([new RegistrySampleEntry(RegistryHost.Other, "one", MediaKind.Image, await Story.Person.HashAsync(fixture), "A1")]);
        registry.Clock.Now = TimeProvider.System.GetUtcNow();
        return registry;
    }

    /// <summary>Uploads as a browser's form does.</summary>
    public async Task<HttpStatusCode> UploadAsync(string fixture)
    {
        using var photo = new ByteArrayContent(await File.ReadAllBytesAsync(TestData.Fixture($"images/{fixture}")));
        using var form = new MultipartFormDataContent { { photo, "photo", "photo.jpg" } };
        using var answer = await Http.PostAsync("/photos", form);
        return answer.StatusCode;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task BecomesHealthyAsync()
    {
        for (var waits = 0; ; waits++)
        {
            using var answer = await Http.GetAsync("/health");
            // Degraded will do: whether ffmpeg is there is not what these tests are about.
            if (answer.StatusCode == HttpStatusCode.OK) return;
            Assert.True(waits < 600, "It never became healthy.");
            await Task.Delay(100);
        }
    }
}
