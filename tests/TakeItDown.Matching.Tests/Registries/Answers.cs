using Microsoft.AspNetCore.Http;
using TakeItDown.Matching.Registries;

namespace TakeItDown.Matching.Tests.Registries;

/// <summary>What a registry, or something between it and us, may answer instead of a page.</summary>
internal static class Answers
{
    /// <summary>A fault: this answer to every request.</summary>
    public static Func<HttpContext, Task<bool>> Always(Func<HttpContext, Task> answer) => When(_ => true, answer);

    /// <summary>A fault that passes: this answer to the first requests, so many of them.</summary>
    public static Func<HttpContext, Task<bool>> First(int requests, Func<HttpContext, Task> answer) => When(_ => requests-- > 0, answer);

    /// <summary>A fault of some requests: this answer to those that it is meant for.</summary>
    public static Func<HttpContext, Task<bool>> When(Func<HttpContext, bool> isMeant, Func<HttpContext, Task> answer) => async context =>
    {
        if (!isMeant(context)) return false;
        await answer(context);
        return true;
    };

    public static Task Status(HttpContext context, int status, string? retryAfter = null)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.RetryAfter = retryAfter;
        return Task.CompletedTask;
    }

    public static Task Redirect(HttpContext context, string address)
    {
        context.Response.Redirect(address);
        return Task.CompletedTask;
    }

    public static Task Write(HttpContext context, string? type, string text)
    {
        context.Response.ContentType = type;
        return context.Response.WriteAsync(text);
    }

    /// <summary>More than anybody reads.</summary>
    public static async Task OverLong(HttpContext context, string type)
    {
        context.Response.ContentType = type;
        var chunk = new byte[1 << 20];
        Array.Fill(chunk, (byte)' ');
        try
        {
            for (var i = 0; i <= RegistryDocument.Limit >> 20; i++) await context.Response.Body.WriteAsync(chunk, context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            // The client has seen enough.
        }
    }

    /// <summary>The beginning of a page, and then the connection breaks.</summary>
    public static async Task Abort(HttpContext context, string type, string beginning)
    {
        await Write(context, type, beginning);
        await context.Response.Body.FlushAsync();
        context.Abort();
    }

    /// <summary>The beginning of a page, and then nothing until the client gives up.</summary>
    public static async Task Stall(HttpContext context, string type, string beginning, TaskCompletionSource stalled)
    {
        await Write(context, type, beginning);
        await context.Response.Body.FlushAsync();
        stalled.TrySetResult();
        await Wait(context);
    }

    /// <summary>Nothing until the client gives up.</summary>
    public static Task Wait(HttpContext context) =>
        Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);

    /// <summary>Waits for a refresh whose answers stall.</summary>
    public static async Task<RefreshResult> ExpireAsync(this SwiftTime time, Task<RefreshResult> refresh, TaskCompletionSource stalled)
    {
        await stalled.Task;
        while (!refresh.IsCompleted)
        {
            time.ExpireRequests();
            await Task.Yield();
        }
        return await refresh;
    }

    /// <summary>All that was logged, in whatever form.</summary>
    public static List<string> Texts(this SyncHost host) =>
        [.. host.Logs.GetSnapshot().Select(record => $"{record.Message} {record.Exception} {string.Join(' ', record.StructuredState ?? [])}")];
}
