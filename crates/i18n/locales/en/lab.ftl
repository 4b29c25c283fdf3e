### lab
