"""Programmes, learning hours, qualification, certificates, performance and retraining.

The top of the house: it pushes candidates down into exams and hears the results come up.

"""
