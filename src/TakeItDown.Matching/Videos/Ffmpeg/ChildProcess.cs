using System.ComponentModel;
using System.Diagnostics;

namespace TakeItDown.Matching.Videos.Ffmpeg;

/// <summary>
/// A program without a shell, an environment or standard input, under limits, and ended with all it started. It is the same user as this process, with
/// the same files and network.
/// </summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly CancellationTokenRegistration _cancellation;

    private ChildProcess(Process process, CancellationToken cancellationToken)
    {
        _process = process;
        // A read from a pipe cannot be cancelled: it ends because the child does.
        _cancellation = cancellationToken.UnsafeRegister(static child => ((ChildProcess)child!).Kill(), this);
    }

    /// <summary>What the program writes.</summary>
    public Stream Output => _process.StandardOutput.BaseStream;

    /// <summary>What the program says besides; whoever asks for it reads and closes it. It may quote the content: never log it.</summary>
    public Stream Messages => _process.StandardError.BaseStream;

    /// <summary>Starts a program.</summary>
    /// <param name="program">Its full path.</param>
    /// <param name="arguments">Its arguments, handed over as they are.</param>
    /// <param name="limits">What it may take.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="Win32Exception">It could not be started or bound.</exception>
    public static async ValueTask<ChildProcess> StartAsync(string program, IEnumerable<string> arguments, ChildLimits limits, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            CreateNoWindow = true,
            WorkingDirectory = Path.GetPathRoot(program),
        };
        start.Environment.Clear();
        if (OperatingSystem.IsWindows()) start.Environment["SystemRoot"] = Environment.GetEnvironmentVariable("SystemRoot");

        var child = new ChildProcess(Process.Start(start) ?? throw new Win32Exception(), cancellationToken);
        try
        {
            child._process.StandardInput.Close();
            if (!limits.Apply(child._process.Id))
            {
                var failure = new Win32Exception();
                if (!child._process.HasExited) throw failure;
            }
            return child;
        }
        catch
        {
            await child.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Waits for the program to end by itself.</summary>
    /// <returns>Whether it says that all went well.</returns>
    public async ValueTask<bool> SucceedsAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        return _process.ExitCode == 0;
    }

    /// <summary>Ends the program and all it started, and waits until the program is gone.</summary>
    public async ValueTask DisposeAsync()
    {
        await _cancellation.DisposeAsync().ConfigureAwait(false);
        Kill();
        await _process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        // The process leaves open what somebody asked for.
        await Output.DisposeAsync().ConfigureAwait(false);
        _process.Dispose();
    }

    private void Kill()
    {
        try
        {
            if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It ended in this very moment.
        }
    }
}
